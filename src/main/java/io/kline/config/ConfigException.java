package io.kline.config;

/** A setting that cannot be used; the message names its key. */
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }
}
