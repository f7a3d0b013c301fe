package io.kline.store.mysql;

import com.mysql.cj.jdbc.Driver;
import io.kline.config.MysqlOptions;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
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
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "rewriteBatchedStatements", "true",
                    "connectTimeout", "5000",
                    "socketTimeout", "60000");

    /** The login of the options. */
    public static MysqlLogin of(MysqlOptions options) {
        return new MysqlLogin(options.url, options.user, options.password);
    }

    /**
     * What a connection is asked for beside the address, whose own parameters win.
     *
     * @param url JDBC address
     */
    public static Map<String, String> properties(String url) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.keySet().removeIf(name -> url.contains(name + "="));
        return properties;
    }

    /** Opens a connection. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(properties(url));
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
