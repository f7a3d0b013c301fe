package io.kline.live;

import java.io.Serializable;

/** Time that passes evenly, whatever happens to the wall clock. */
public interface MonotonicClock extends Serializable {

    /** Ms since any fixed moment. */
    long millis();

    /** The machine's. */
    static MonotonicClock system() {
        return () -> System.nanoTime() / 1_000_000;
    }
}
