package io.kline.live;

import io.kline.candle.TakeOver;
import io.kline.model.Interval;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What an earlier run of the job has left in a store, as a run that starts without state first
 * found it.
 *
 * <p>The same start is given the same answers for ever, also when it is attempted again and the
 * store has meanwhile been written to: what an attempt wrote that never got to a checkpoint is made
 * again from its trades. All questions wait for the store as long as it is away: without its answer
 * the candles would start at zero, and never be accepted.
 */
public interface StoredCandles extends AutoCloseable {

    /** A way to the store that can be sent to the tasks. */
    interface Opener extends Serializable {

        /**
         * @param start names the start without state; all its attempts have the same name
         */
        StoredCandles open(String start);
    }

    /** A store without candles. */
    static StoredCandles none() {
        return new StoredCandles() {
            @Override
            public Set<String> symbols() {
                return Set.of();
            }

            @Override
            public TakeOver newest(String symbol, List<Interval> intervals, long since) {
                return new TakeOver(symbol, List.of());
            }

            @Override
            public void forget(Set<String> symbols) {}

            @Override
            public void close() {}
        };
    }

    /** The symbols that had candles. */
    Set<String> symbols() throws InterruptedException;

    /**
     * The newest candles of each interval, oldest first within an interval, the latest included: at
     * least all that end after {@code since} or had not been closed, as far as the store had them.
     *
     * @param since ms; counts the first time only
     */
    TakeOver newest(String symbol, List<Interval> intervals, long since)
            throws InterruptedException;

    /**
     * Forgets what was answered about these symbols, and which there were: the start has come to a
     * checkpoint, and is not attempted again. Does not wait.
     */
    void forget(Set<String> symbols);

    @Override
    void close();
}
