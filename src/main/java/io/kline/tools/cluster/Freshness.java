package io.kline.tools.cluster;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The longest pause between two fresh candles. A candle is fresh if its last trade is at most two
 * seconds old. A market with a trade a second at least is needed for a figure that says something.
 */
public final class Freshness implements Closeable {

    private static final long FRESH_MILLIS = 2_000;

    private final LongSupplier wallClock;
    private final KlineChannels channels;
    private long last;
    private long longest;
    private long count;

    private Freshness(RedisSettings settings, LongSupplier wallClock) {
        this.wallClock = wallClock;
        this.last = wallClock.getAsLong();
        this.channels = new KlineChannels(settings, this::seen);
    }

    /** Begins to measure. */
    public static Freshness of(RedisSettings settings) {
        return new Freshness(settings, System::currentTimeMillis);
    }

    /** The longest pause so far, the one that lasts included. */
    public synchronized Duration longestPause() {
        return Duration.ofMillis(Math.max(longest, wallClock.getAsLong() - last));
    }

    /** Number of fresh candles since it listens. */
    public synchronized long count() {
        return count;
    }

    /** The longest pause since the last phase. A pause that lasts goes on in the next one. */
    synchronized Duration nextPhase() {
        Duration pause = longestPause();
        longest = 0;
        return pause;
    }

    /** Begins to measure anew. */
    public synchronized void reset() {
        longest = 0;
        last = wallClock.getAsLong();
    }

    private synchronized void seen(Candle candle) {
        long now = wallClock.getAsLong();
        if (candle.isFlat() || now - candle.lastTime() > FRESH_MILLIS) {
            return;
        }
        longest = Math.max(longest, now - last);
        count++;
        last = now;
    }

    @Override
    public void close() throws IOException {
        channels.close();
    }
}
