package io.kline.live;

import java.io.IOException;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves all symbols over every boundary, traded or not. Holds while old trades are being read, and
 * while the wall clock is ahead of what Kafka makes plausible.
 */
final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

    /** Why ticks are held; the gauge shows the ordinal. */
    enum Hold {
        NOT_HELD,
        BACKLOG,
        CLOCK_AHEAD
    }

    private final Ticks ticks;
    private final MergeGrid grid;
    private final Backlog backlog;
    private final Present present;
    private final ProcessingTimeService time;
    private final MonotonicClock elapsed;
    private long boundary;
    private Hold hold = Hold.NOT_HELD;

    Ticker(
            Ticks ticks,
            MergeGrid grid,
            Backlog backlog,
            Present present,
            ProcessingTimeService time,
            MonotonicClock elapsed) {
        this.ticks = ticks;
        this.grid = grid;
        this.backlog = backlog;
        this.present = present;
        this.time = time;
        this.elapsed = elapsed;
    }

    /** Registers the first tick. After a start the symbols may be far behind, so it is soon. */
    void start() {
        if (ticks.areOn()) {
            at(ticks.retry(time.getCurrentProcessingTime()));
        }
    }

    /** Why ticks are held at the moment. */
    Hold hold() {
        return hold;
    }

    /** How far the wall clock is ahead of what is plausible, ms. */
    long clockAhead() {
        long wall = time.getCurrentProcessingTime();
        return wall - present.now(wall, elapsed.millis());
    }

    private void at(long when) {
        time.registerTimer(when, timestamp -> fire());
    }

    private void fire() throws IOException {
        long now = time.getCurrentProcessingTime();
        if (mayBegin(now)) {
            grid.tick(boundary, this::awaitNext);
        } else {
            at(ticks.retry(now));
        }
    }

    /** If a round has taken longer than a minute, the next one is due at once. */
    private void awaitNext() {
        long now = time.getCurrentProcessingTime();
        long next = Math.min(ticks.next(now), ticks.next(boundary + Ticks.DELAY));
        at(hold == Hold.NOT_HELD ? next : ticks.retry(now));
    }

    /**
     * Whether the symbols have to be moved to {@link #boundary}, which it sets; not if ticks are
     * held.
     */
    private boolean mayBegin(long now) {
        long plausible = present.now(now, elapsed.millis());
        holdFor(
                backlog.isBeingRead(elapsed.millis())
                        ? Hold.BACKLOG
                        : ticks.boundary(plausible) < ticks.boundary(now)
                                ? Hold.CLOCK_AHEAD
                                : Hold.NOT_HELD,
                now - plausible);
        if (hold == Hold.BACKLOG) {
            return false;
        }
        long reached = boundary;
        boundary = ticks.boundary(plausible);
        return hold != Hold.CLOCK_AHEAD || boundary > reached;
    }

    private void holdFor(Hold reason, long ahead) {
        if (reason == Hold.CLOCK_AHEAD && hold != reason) {
            LOG.error(
                    "This machine's clock is {} ms ahead of what the append times of the trades make"
                            + " plausible: candles go by these until it is set right",
                    ahead);
        }
        hold = reason;
    }
}
