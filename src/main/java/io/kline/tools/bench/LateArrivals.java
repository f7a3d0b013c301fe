package io.kline.tools.bench;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/**
 * When late trades arrive in a store. A minute that is over has a number of trades; each late trade
 * is in it as soon as the stored candle counts one more. Thread safe.
 */
final class LateArrivals {

    private static final long MOST_MICROS = 600_000_000;

    /** A minute of a symbol. */
    record Minute(String symbol, long open) {}

    /**
     * A late trade on its way.
     *
     * @param count what its candle counts with it
     * @param sent ms
     */
    private record Awaited(long count, long sent) {}

    private final Map<Minute, Queue<Awaited>> awaited = new HashMap<>();
    private final Histogram micros = new Histogram(MOST_MICROS, 3);
    private long left;

    /** A late trade is sent. */
    synchronized void sent(Minute minute, long count, long now) {
        awaited.computeIfAbsent(minute, any -> new ArrayDeque<>()).add(new Awaited(count, now));
        left++;
    }

    /** The store counts so many trades in a candle. */
    synchronized void seen(Minute minute, long count, long now) {
        Queue<Awaited> of = awaited.getOrDefault(minute, new ArrayDeque<>());
        while (!of.isEmpty() && of.peek().count <= count) {
            micros.recordValue((now - of.remove().sent) * 1_000);
            left--;
        }
    }

    /** Number of late trades that have not arrived. */
    synchronized long left() {
        return left;
    }

    /** How long those took that have arrived, µs. */
    synchronized Histogram micros() {
        return micros.copy();
    }
}
