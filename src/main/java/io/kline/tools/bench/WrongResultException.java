package io.kline.tools.bench;

/** A run has come to a wrong result: what it has measured does not count. */
final class WrongResultException extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongResultException(String message) {
        super(message);
    }
}
