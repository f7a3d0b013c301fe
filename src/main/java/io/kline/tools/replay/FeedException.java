package io.kline.tools.replay;

/** A feed cannot go on; the message is written for the person who started it. */
public final class FeedException extends RuntimeException {

    FeedException(String message) {
        super(message);
    }

    FeedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A text of a file for a message: it must not steer the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
