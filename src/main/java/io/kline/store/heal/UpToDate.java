package io.kline.store.heal;

import java.io.IOException;
import java.io.Serializable;

/**
 * Whether MySQL has every version of a candle that a reader of Redis may have seen before now. An
 * older one that is brought back would be a step back.
 */
@FunctionalInterface
public interface UpToDate extends Serializable {

    /**
     * Waits for a while until it has.
     *
     * @return false if it has not
     * @throws IOException if nobody knows
     */
    boolean await() throws IOException, InterruptedException;
}
