package io.kline.config;

import java.io.Serializable;

/**
 * As whom to log in to Redis.
 *
 * @param user ACL user, or null for the default user
 * @param password password of the user, or null to send none
 */
public record RedisLogin(String user, String password) implements Serializable {

    /** Nobody is logged in. */
    public static final RedisLogin NONE = new RedisLogin(null, null);

    /**
     * @throws ConfigException if there is a user without a password
     */
    void check(String keys) {
        ConfigException.require(
                user == null || password != null,
                keys + "user without a password: " + keys + "password must be set for " + user);
    }

    /** The user alone. */
    @Override
    public String toString() {
        return "RedisLogin[user=%s, password=%s]"
                .formatted(user, password == null ? "none" : "***");
    }
}
