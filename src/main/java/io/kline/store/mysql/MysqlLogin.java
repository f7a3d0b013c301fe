package io.kline.store.mysql;

import com.mysql.cj.jdbc.Driver;
import io.kline.config.MysqlOptions;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * How to connect to MySQL.
 *
 * @param url JDBC address
 * @param user name of the user
 * @param password password of the user, or null
 */
public record MysqlLogin(String url, String user, String password) implements Serializable {

    /** One round trip per batch; a dead server is noticed. */
    public static final Map<String, String> PROPERTIES =
            Map.of(
                    "rewriteBatchedStatements", "true",
                    "connectTimeout", "5000",
                    "socketTimeout", "60000");

    /** The login of the options. */
    public static MysqlLogin of(MysqlOptions options) {
        return new MysqlLogin(options.url, options.user, options.password);
    }

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(PROPERTIES);
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        // Not by the DriverManager, which does not see the drivers of a job's jar.
        return new Driver().connect(url, properties);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "MysqlLogin[url=" + url + ", user=" + user + "]";
    }
}
