package io.kline.sink.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time during which something could not be written. Its beginning and its end are logged; while
 * somebody has to act, an error is repeated every 30 seconds.
 */
final class OutageLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

    private static final long REPEAT_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier clock;
    private boolean on;
    private long since;
    private boolean loud;
    private long lastError;

    /**
     * @param clock never goes back, ns
     */
    OutageLog(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Something could not be written.
     *
     * @param blocked whether somebody has to act
     * @param reason what happened; holds no secret
     */
    void happened(boolean blocked, String reason) {
        long now = clock.getAsLong();
        if (!on) {
            on = true;
            since = now;
            loud = false;
            if (!blocked) {
                LOG.warn("Redis does not take candles, they are kept and tried again: {}", reason);
            }
        }
        if (blocked && (!loud || now - lastError > REPEAT_NANOS)) {
            loud = true;
            lastError = now;
            LOG.error("Redis refuses candles, they are kept; somebody has to act: {}", reason);
        }
    }

    /** Everything has been written. */
    void over() {
        if (on) {
            on = false;
            LOG.info(
                    "Redis takes all candles again, after {} ms",
                    Duration.ofNanos(clock.getAsLong() - since).toMillis());
        }
    }
}
