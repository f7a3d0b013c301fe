package io.kline.continuity;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.io.Serializable;
import java.util.List;

/**
 * What readers were shown of a symbol by an earlier run of the job, of whose state nothing is left.
 */
public interface StoredCandles extends AutoCloseable {

    /** A way to the store that can be sent to the tasks. */
    interface Opener extends Serializable {
        StoredCandles open();
    }

    /** A store without candles. */
    static StoredCandles none() {
        return new StoredCandles() {
            @Override
            public List<Candle> latest(String symbol, List<Interval> intervals) {
                return List.of();
            }

            @Override
            public List<Candle> newest(String symbol, List<Interval> intervals, long since) {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    /**
     * The latest candle of each interval that has one. Waits for the store as long as it is away:
     * without its answer the candles would start at zero, and never be accepted.
     */
    List<Candle> latest(String symbol, List<Interval> intervals) throws InterruptedException;

    /**
     * The newest candles of each interval, oldest first within an interval, the latest included: at
     * least all that end after {@code since} or have not been closed, as far as the store has them.
     * Waits as {@link #latest} does.
     *
     * @param since ms
     */
    List<Candle> newest(String symbol, List<Interval> intervals, long since)
            throws InterruptedException;

    @Override
    void close();
}
