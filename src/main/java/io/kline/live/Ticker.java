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
    private final LiveSymbols symbols;
    private final Backlog backlog;
    private final Present present;
    private final ProcessingTimeService time;
    private final MonotonicClock elapsed;
    private final Turns turns;
    private long boundary;
    private Hold hold = Hold.NOT_HELD;

    Ticker(
            Ticks ticks,
            LiveSymbols symbols,
            MergeGrid grid,
            Backlog backlog,
            Present present,
            ProcessingTimeService time,
            MonotonicClock elapsed) {
        this.ticks = ticks;
        this.symbols = symbols;
        this.backlog = backlog;
        this.present = present;
        this.time = time;
        this.elapsed = elapsed;
        this.turns =
                new Turns(
                        time,
                        elapsed,
                        symbol -> {
                            symbols.tick(symbol, boundary, elapsed.millis());
                            grid.noteWaiting(symbol);
                        },
                        this::awaitNext);
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
        if (begin(now)) {
            turns.begin();
        } else {
            at(ticks.retry(now));
        }
    }

    private void awaitNext() {
        long now = time.getCurrentProcessingTime();
        at(hold == Hold.NOT_HELD ? ticks.next(now) : ticks.retry(now));
    }

    /** Takes the symbols to be moved over the last boundary, unless ticks are held. */
    private boolean begin(long now) {
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
        if (hold == Hold.CLOCK_AHEAD && boundary <= reached) {
            return false;
        }
        for (LiveSymbol symbol : symbols.all()) {
            if (!symbol.isResting) {
                turns.add(symbol);
            }
        }
        return true;
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
