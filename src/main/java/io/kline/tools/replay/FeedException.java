package io.kline.tools.replay;

/** A feed cannot go on; the message is written for the person who started it. */
public final class FeedException extends RuntimeException {

    FeedException(String message) {
        super(message);
    }

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
