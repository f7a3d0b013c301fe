package io.kline.server.ticker;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.precision.SymbolSteps;
import io.kline.store.Backoff;
import io.kline.store.DaemonThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills rolling windows from the stores: whole days one after the other by one thread that rests as
 * long as it has worked, so a start takes at most half a core for as long as it lasts. After an
 * interruption the newest minutes come first, then the whole day again, since older minutes may
 * have been corrected meanwhile. Every day is read again once an hour: a correction of a minute
 * that Redis no longer holds is not published.
 */
final class WindowLoader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowLoader.class);

    private static final Duration AGAIN = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int MOST = RollingWindow.MINUTES + 60;
    private static final long MINUTE_MILLIS = 60_000;

    private final CandleQuery query;
    private final Interval minute;
    private final InstantSource clock;
    private final SymbolSteps steps;
    private final ScheduledExecutorService days = thread("ticker-days");
    private final ScheduledExecutorService minutes = thread("ticker-minutes");
    private final Map<String, Reading> due = new ConcurrentHashMap<>();

    /** The next reading of a day. */
    private static final class Reading {
        private Future<?> task;
    }

    /**
     * @param minute the interval of a minute, as it is stored
     * @param steps learns from every candle that is read
     */
    WindowLoader(CandleQuery query, Interval minute, InstantSource clock, SymbolSteps steps) {
        this.query = query;
        this.minute = minute;
        this.clock = clock;
        this.steps = steps;
    }

    /** Reads what a window has missed, or all of it. */
    void load(TickerWindow ticker) {
        try {
            if (ticker.isLoaded) {
                catchUp(ticker);
            }
            due.compute(
                    ticker.symbol,
                    (symbol, before) -> {
                        if (before != null) {
                            before.task.cancel(false);
                        }
                        return schedule(ticker, 0, new Backoff(RETRY, LONGEST_RETRY));
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("closed", e);
        }
    }

    @Override
    public void close() {
        // Without an interrupt, which would break the connection of a query under way.
        days.shutdown();
        minutes.shutdown();
        try {
            days.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the newest minutes, which a window has missed. */
    void catchUp(TickerWindow ticker) {
        ticker.isCatchingUp = true;
        try {
            minutes.execute(() -> readMinutes(ticker));
        } catch (RejectedExecutionException e) {
            LOG.debug("closed", e);
        }
    }

    private void readMinutes(TickerWindow ticker) {
        try {
            long since = ticker.window.newestOpenTime().orElse(clock.millis()) - MINUTE_MILLIS;
            if (!pass(ticker, new Range(since, null, MOST)).away().contains(Store.REDIS)) {
                ticker.isBehind = false;
            }
        } catch (QueryException e) {
            LOG.debug("the whole day is read anyway", e);
        } catch (RuntimeException e) {
            LOG.error("{}: the newest minutes cannot be read", ticker.symbol, e);
        } finally {
            ticker.isCatchingUp = false;
        }
    }

    private Reading schedule(TickerWindow ticker, long delayMillis, Backoff retry) {
        Reading reading = new Reading();
        reading.task =
                days.schedule(
                        () -> readDay(ticker, retry, reading), delayMillis, TimeUnit.MILLISECONDS);
        return reading;
    }

    private void readDay(TickerWindow ticker, Backoff retry, Reading reading) {
        long begin = System.nanoTime();
        boolean hasAll = false;
        try {
            QueryResult<List<Candle>> day =
                    pass(ticker, new Range(RollingWindow.openTime(clock.millis()), null, MOST));
            if (day.value().isEmpty()) {
                pass(ticker, Range.newest(1));
            }
            // Before somebody asks for all of them.
            steps.of(ticker.symbol);
            ticker.missing = day.away();
            if (due.get(ticker.symbol) == reading && !day.away().contains(Store.REDIS)) {
                ticker.isBehind = false;
            }
            ticker.isLoaded = true;
            hasAll = day.isComplete();
        } catch (QueryException e) {
            LOG.debug("{}", ticker.symbol, e);
        } catch (RuntimeException e) {
            LOG.error("{}: the day cannot be read", ticker.symbol, e);
        }
        try {
            if (hasAll) {
                retry.reset();
            }
            long delay = hasAll ? AGAIN.toMillis() : retry.nextMillis();
            // A reading that was ordered meanwhile takes its place.
            due.computeIfPresent(
                    ticker.symbol,
                    (symbol, last) -> last == reading ? schedule(ticker, delay, retry) : last);
            TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begin);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private QueryResult<List<Candle>> pass(TickerWindow ticker, Range range) {
        QueryResult<List<Candle>> answer = query.range(ticker.symbol, minute, range);
        for (Candle candle : answer.value()) {
            ticker.window.accept(candle);
            steps.accept(candle);
        }
        return answer;
    }

    private static ScheduledExecutorService thread(String name) {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, DaemonThread.named(name));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
        return thread;
    }
}
