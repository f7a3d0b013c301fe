package io.kline.config;

/** A setting that cannot be used; the message names its key. */
public final class ConfigException extends IllegalArgumentException {

    public ConfigException(String message) {
        super(message);
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new ConfigException(message);
        }
    }

    static void requireText(String key, String value) {
        require(value != null && !value.isBlank(), key + " must not be empty");
    }
}
