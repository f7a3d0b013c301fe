package io.kline.sink.redis;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A time during which something does not work. Its beginning and its end are logged; what somebody
 * has to know of is repeated as an error every 30 seconds.
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

    /** What passes by itself is logged if it is the beginning. */
    void warn(String problem) {
        if (!on) {
            begin();
            LOG.warn(problem);
        }
    }

    /** What somebody has to know of is logged unless it was in the last 30 seconds. */
    void error(String problem) {
        if (!on) {
            begin();
        }
        long now = clock.getAsLong();
        if (!loud || now - lastError > REPEAT_NANOS) {
            loud = true;
            lastError = now;
            LOG.error("{}, for {} s now", problem, Duration.ofNanos(now - since).toSeconds());
        }
    }

    /** The end, logged if there was a beginning. */
    void over(String relief) {
        if (on) {
            on = false;
            long nanos = clock.getAsLong() - since;
            LOG.info("{}, after {} ms", relief, Duration.ofNanos(nanos).toMillis());
        }
    }

    private void begin() {
        on = true;
        loud = false;
        since = clock.getAsLong();
    }
}
