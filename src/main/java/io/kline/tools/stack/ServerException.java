package io.kline.tools.stack;

/** A server that cannot be started, reached or stopped; the message is meant for people. */
public final class ServerException extends RuntimeException {

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
