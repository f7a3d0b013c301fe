package io.kline.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How to connect to one MySQL database. */
public record Database(String url, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
