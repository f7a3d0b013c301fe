package io.kline.sink.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time during which the job has to wait for Redis, because the memory for unwritten candles is
 * used up. Logged at its beginning, every 30 seconds, and at its end.
 */
final class Stall {

    private static final Logger LOG = LoggerFactory.getLogger(Stall.class);

    private static final long REPEAT_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier clock;
    private boolean on;
    private long since;
    private long lastError;

    /**
     * @param clock never goes back, ns
     */
    Stall(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * There is no room.
     *
     * @param candles how many wait
     * @param bytes what they take
     */
    void goesOn(int candles, long bytes) {
        long now = clock.getAsLong();
        if (on && now - lastError <= REPEAT_NANOS) {
            return;
        }
        if (!on) {
            on = true;
            since = now;
        }
        lastError = now;
        LOG.error(
                "The job waits for Redis: {} candles of {} bytes are not written, which is the"
                        + " limit, for {} s now",
                candles,
                bytes,
                Duration.ofNanos(now - since).toSeconds());
    }

    /** There is room again. */
    void over() {
        if (on) {
            on = false;
            LOG.info(
                    "The job goes on, having waited for Redis for {} s",
                    Duration.ofNanos(clock.getAsLong() - since).toSeconds());
        }
    }
}
