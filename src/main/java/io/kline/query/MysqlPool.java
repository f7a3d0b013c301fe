package io.kline.query;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Locale;

/** Connections to MySQL, and for how long a statement may run on them. */
final class MysqlPool {

    /** How long a statement may take, of the time for which an answer is waited for. */
    private static final double OF_TIMEOUT = 0.8;

    private static final int TOO_LONG_ON_MARIADB = 1969;
    private static final int TOO_LONG_ON_MYSQL = 3024;

    private MysqlPool() {}

    /** Connects in the background. */
    static HikariDataSource open(QuerySettings settings) {
        long millis = settings.timeout().toMillis();
        HikariConfig config = new HikariConfig();
        config.setPoolName("kline-query");
        config.setDriverClassName("com.mysql.cj.jdbc.Driver");
        config.setJdbcUrl(settings.mysql().url());
        config.setUsername(settings.mysql().user());
        config.setPassword(settings.mysql().password());
        config.setReadOnly(true);
        config.setMaximumPoolSize(settings.mysqlConnections());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(millis);
        config.setValidationTimeout(millis);
        config.setConnectionInitSql(session(millis));
        config.addDataSourceProperty("connectTimeout", Long.toString(millis));
        config.addDataSourceProperty("socketTimeout", Long.toString(millis));
        config.addDataSourceProperty("useLocalSessionState", "true");
        return new HikariDataSource(config);
    }

    /** Whether the server has ended a statement. */
    static boolean hasTakenTooLong(SQLException e) {
        return e.getErrorCode() == TOO_LONG_ON_MARIADB || e.getErrorCode() == TOO_LONG_ON_MYSQL;
    }

    /**
     * What a connection begins with. The log of changes is searched by time, and in other zones
     * some hours come twice. A statement ends before it is given up here: otherwise it would go on
     * while nobody waits, and MySQL would be taken for away. MariaDB reads the first comment, MySQL
     * the second.
     */
    private static String session(long timeoutMillis) {
        double most = timeoutMillis * OF_TIMEOUT;
        return String.format(
                Locale.ROOT,
                "SET time_zone = '+00:00' /*M! , max_statement_time = %.3f */"
                        + " /*!50708 , max_execution_time = %.0f */",
                most / 1_000,
                most);
    }
}
