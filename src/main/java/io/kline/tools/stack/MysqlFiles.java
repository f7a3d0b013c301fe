package io.kline.tools.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * MySQL's programs in a folder with the files of a whole Debian, whose libraries they need: run by
 * the loader of that folder, without {@code chroot}.
 */
record MysqlFiles(Path root, Path emptyDatabase) implements DatabaseFiles {

    /** What runs as the process, with the server as an argument. */
    static final String LOADER = "ld-linux-x86-64.so.2";

    private static final String VARIABLE = "KLINE_MYSQL_ROOT";

    static boolean areAskedFor() {
        return !System.getenv().getOrDefault(VARIABLE, "").isEmpty();
    }

    static MysqlFiles cached() {
        Path root = Path.of(System.getenv(VARIABLE)).toAbsolutePath();
        if (!Files.isExecutable(root.resolve("usr/sbin/mysqld"))) {
            throw new ServerException(
                    "mysql: there is no usr/sbin/mysqld in "
                            + root
                            + ", which is "
                            + VARIABLE
                            + ": scripts/mysql.sh makes it");
        }
        Path empty = Cache.entry(version(root) + "-empty", entry -> install(root, entry));
        return new MysqlFiles(root, empty);
    }

    @Override
    public List<String> daemon() {
        return daemon(root);
    }

    @Override
    public List<String> arguments() {
        return List.of(
                // Below the data: the path of a socket file must be shorter than a project's may
                // be.
                "--socket=mysql.sock",
                "--pid-file=mysqld.pid",
                "--mysqlx=OFF",
                "--innodb-buffer-pool-dump-at-shutdown=OFF",
                "--innodb-buffer-pool-load-at-startup=OFF");
    }

    private static List<String> daemon(Path root) {
        Path libraries = root.resolve("usr/lib/x86_64-linux-gnu");
        Path share = root.resolve("usr/share/mysql");
        List<String> command = new ArrayList<>();
        command.add(libraries.resolve(LOADER).toString());
        command.addAll(List.of("--library-path", libraries.toString()));
        command.add(root.resolve("usr/sbin/mysqld").toString());
        command.add("--no-defaults");
        command.add("--basedir=" + root.resolve("usr"));
        command.add("--lc-messages-dir=" + share);
        command.add("--character-sets-dir=" + share.resolve("charsets"));
        command.add("--plugin-dir=" + root.resolve("usr/lib/mysql/plugin"));
        command.add("--secure-file-priv=NULL");
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        return command;
    }

    /** Of Debian's package: an empty database belongs to one version. */
    private static String version(Path root) {
        try (Stream<String> lines = Files.lines(root.resolve("var/lib/dpkg/status"))) {
            return lines.dropWhile(line -> !line.matches("Package: mysql-server-core.*"))
                    .filter(line -> line.startsWith("Version: "))
                    .map(line -> "mysql-" + line.substring(9).replaceAll("[^0-9a-z.-]", "-"))
                    .findFirst()
                    .orElseThrow(() -> new ServerException("mysql: no package in " + root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void install(Path root, Path data) throws IOException {
        Path users = Files.createTempFile("kline-mysql-users-", ".sql");
        Path log = Files.createTempFile("kline-mysql-install-", ".log");
        try {
            Files.write(users, users());
            List<String> command = new ArrayList<>(daemon(root));
            command.addAll(
                    List.of(
                            "--initialize-insecure",
                            "--datadir=" + data,
                            // Small, since every new server copies it.
                            "--innodb-redo-log-capacity=8M",
                            "--init-file=" + users));
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new ServerException(
                        "mysql: cannot make the system tables:\n" + LogTail.since(log, 0));
            }
        } catch (InterruptedException e) {
            throw new ServerException("mysql: interrupted", e);
        } finally {
            Files.delete(users);
            Files.delete(log);
        }
    }

    /** As in an empty MariaDB; each statement is one line. */
    private static List<String> users() {
        String root = "'" + EmbeddedMariaDb.ROOT + "'@'%'";
        return List.of(
                "CREATE DATABASE " + EmbeddedMariaDb.DATABASE + " CHARACTER SET utf8mb4;",
                "CREATE USER " + root + " IDENTIFIED BY '';",
                "GRANT ALL ON *.* TO " + root + " WITH GRANT OPTION;",
                "CREATE USER "
                        + EmbeddedMariaDb.USER
                        + " IDENTIFIED BY '"
                        + EmbeddedMariaDb.PASSWORD
                        + "';",
                "GRANT ALL ON " + EmbeddedMariaDb.DATABASE + ".* TO " + EmbeddedMariaDb.USER + ";");
    }
}
