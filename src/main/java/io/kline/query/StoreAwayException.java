package io.kline.query;

/** A store could not be asked. The message says why, without secrets. */
final class StoreAwayException extends Exception {

    StoreAwayException(String problem) {
        super(problem);
    }
}
