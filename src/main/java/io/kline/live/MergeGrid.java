package io.kline.live;

import io.kline.model.Lag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Merges trades into candles on one grid of processing time for all symbols: their candles then
 * share round trips to the store. Between two merges flat candles that had to wait are issued, for
 * so short a time that trades never wait long behind them. They are paced by time that passes
 * evenly: a wall clock that is set back would hold them until it is there again.
 */
final class MergeGrid {

    /**
     * How often trades are merged that had to wait to be read, ms: less work, and they wait less.
     */
    private static final long DELAYED = 1_000;

    /** The same while old ones are read, which nobody waits for. */
    private static final long CATCHING_UP = 2_000;

    /**
     * How many times as long as a merge takes trades are read until the next one, but a second at
     * most.
     */
    private static final long READING = 2;

    private final long interval;
    private final Supplier<Lag> lag;
    private final LiveSymbols symbols;
    private final ProcessingTimeService time;
    private final MonotonicClock elapsed;
    private final List<LiveSymbol> pending = new ArrayList<>();
    private final Turns turns;
    private final FlatRows rows;
    private final Set<LiveSymbol> refreshing = new LinkedHashSet<>();
    private long eventTime;
    private long boundary;
    private int ticksDue;
    private Runnable afterTicks = () -> {};
    private boolean isScheduled;
    private long notBefore;
    private long period;

    /**
     * @param interval the merge interval, ms
     * @param lag how long most trades had to wait to be read, of those since it was last asked
     * @param elapsed paces the flat candles
     */
    MergeGrid(
            long interval,
            Supplier<Lag> lag,
            LiveSymbols symbols,
            ProcessingTimeService time,
            MonotonicClock elapsed) {
        this.interval = interval;
        this.lag = lag;
        this.symbols = symbols;
        this.time = time;
        this.elapsed = elapsed;
        this.notBefore = elapsed.millis();
        this.period = interval;
        this.rows = new FlatRows(symbols, elapsed, this::noteWaiting);
        this.turns = new Turns(time, elapsed, this::work);
        for (LiveSymbol symbol : symbols.all()) {
            if (symbol.isPending) {
                pending.add(symbol);
            }
            noteWaiting(symbol);
        }
    }

    /** How far event time has come: candles that end at or before it are closed, ms. */
    long eventTime() {
        return eventTime;
    }

    /** Number of symbols with flat candles that wait. */
    int filling() {
        return rows.symbols();
    }

    /** Trades of a symbol come: they may have to wait for its flat candles. */
    void makeRoom(LiveSymbol symbol) throws IOException {
        rows.makeRoom(symbol);
    }

    /** Trades of a symbol wait for the next merge. */
    void add(LiveSymbol symbol) {
        symbol.isResting = false;
        if (!symbol.isPending) {
            symbol.isPending = true;
            pending.add(symbol);
            schedule();
        }
    }

    /** Merges a symbol before its time. */
    void merge(LiveSymbol symbol) throws IOException {
        symbols.merge(symbol, eventTime, elapsed.millis());
        noteWaiting(symbol);
    }

    /** Begins to close the candles whose time is over. */
    void advanceTo(long eventTimeNow) throws IOException {
        eventTime = eventTimeNow;
        for (LiveSymbol symbol : symbols.all()) {
            if (symbol.nextClose <= eventTime) {
                turns.add(symbol);
            }
        }
        turns.begin();
    }

    /**
     * Begins to move all symbols that do not rest over a boundary; the round before it is over.
     *
     * @param to the boundary, ms
     * @param then is called when they are through
     */
    void tick(long to, Runnable then) throws IOException {
        boundary = to;
        afterTicks = then;
        for (LiveSymbol symbol : symbols.all()) {
            if (!symbol.isResting) {
                symbol.isTickDue = true;
                ticksDue++;
                turns.add(symbol);
            }
        }
        if (ticksDue == 0) {
            then.run();
        } else {
            turns.begin();
        }
    }

    private void work(LiveSymbol symbol) throws IOException {
        if (symbol.isTickDue) {
            symbol.isTickDue = false;
            symbols.tick(symbol, boundary, elapsed.millis());
            noteWaiting(symbol);
            ticksDue--;
            if (ticksDue == 0) {
                afterTicks.run();
            }
        }
        if (symbol.nextClose <= eventTime) {
            merge(symbol);
        }
    }

    /** A symbol has changed by something else than a merge. */
    void noteWaiting(LiveSymbol symbol) {
        if (symbol.nextFill != Long.MAX_VALUE) {
            rows.add(symbol);
            schedule();
        }
        if (symbol.nextRefresh != Long.MAX_VALUE) {
            refreshing.add(symbol);
            schedule();
        }
    }

    /**
     * Merges and issues what waits for its turn before a snapshot: no state has to say so, and the
     * offsets that are committed with it stand behind trades that are in candles.
     *
     * @param withTicks whether ticks will come that close what is not closed yet; else there may be
     *     no trade, and no watermark, that would do it after a restore
     */
    void settle(boolean withTicks) throws IOException {
        mergePending();
        if (!withTicks) {
            turns.finish();
        }
        refreshAll();
        // With them, as at every merge: who sees the newest candle may take it for the last one.
        rows.issue(elapsed.millis(), period / 3);
    }

    private void refreshAll() throws IOException {
        for (LiveSymbol symbol : refreshing) {
            symbols.refresh(symbol);
        }
        refreshing.clear();
    }

    /** Merges and issues everything: nothing comes any more. */
    void finish() throws IOException {
        settle(false);
        rows.finish();
    }

    /** Starts the grid if something waits for it. */
    void schedule() {
        if (!isScheduled && !(pending.isEmpty() && rows.symbols() == 0 && refreshing.isEmpty())) {
            isScheduled = true;
            period = Math.max(interval, leastPeriod(lag.get()));
            long pause = Math.max(0, notBefore - elapsed.millis());
            long next = ((time.getCurrentProcessingTime() + pause) / period + 1) * period;
            time.registerTimer(next, timestamp -> fire());
        }
    }

    private static long leastPeriod(Lag lag) {
        return switch (lag) {
            case NONE -> 0;
            case SHORT -> DELAYED;
            case LONG -> CATCHING_UP;
        };
    }

    private void fire() throws IOException {
        long begin = elapsed.millis();
        mergePending();
        // Where there is too much to do, candles are merged less often, and trades do not pile up.
        long end = elapsed.millis();
        notBefore = end + Math.min(READING * (end - begin), DELAYED) - interval;
        refresh(elapsed.millis());
        rows.issue(elapsed.millis(), period / 3);
        // Not before, or the next one would be due before this one is through.
        isScheduled = false;
        schedule();
    }

    private void mergePending() throws IOException {
        for (LiveSymbol symbol : pending) {
            if (symbol.isPending) {
                merge(symbol);
            }
        }
        pending.clear();
    }

    private void refresh(long now) throws IOException {
        for (LiveSymbol symbol : List.copyOf(refreshing)) {
            if (symbol.nextRefresh <= now) {
                merge(symbol);
            }
            if (symbol.nextRefresh == Long.MAX_VALUE) {
                refreshing.remove(symbol);
            }
        }
    }
}
