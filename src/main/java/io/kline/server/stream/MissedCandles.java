package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.query.RollingCandle;
import io.kline.query.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the stores what a channel has missed: where it begins, and again after Redis was away.
 * Tries again until the stores have answered. Thread safe.
 */
final class MissedCandles {

    private static final Logger LOG = LoggerFactory.getLogger(MissedCandles.class);

    private static final int MOST_MISSED = 1_000;

    /** The parts of two candles, and what has opened since. */
    private static final int MOST_PARTS = 2 * RollingCandle.MOST_PARTS + MOST_MISSED;

    /** In place of the ms after which something has to go on: it is done. */
    private static final long DONE = -1;

    private static final long RETRY_MILLIS = 500;

    /** The log of changes is asked less often: it is MySQL's, and candles are there without it. */
    private static final long LOG_RETRY_MILLIS = 5_000;

    private static final long LONGEST_LOG_RETRY_MILLIS = 300_000;

    /**
     * How often holes between stored candles are looked at: the candles may come to MySQL in a
     * moment, or the symbol has rested and there are none.
     */
    private static final int LOOKS = 12;

    private static final long LOOK_MILLIS = 5_000;

    /** Corrected candles that are held at once; beyond them one may be passed a second time. */
    private static final int MOST_CORRECTED = 10_000;

    /** How far the clocks of MySQL and of this machine may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final CandleQuery query;
    private final InstantSource clock;
    private final ScheduledExecutorService reader;
    private final Function<String, Channel> channels;

    /** The readings that are not done; of a channel the last one. */
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    /**
     * @param reader does it
     * @param channels the channel of a key; null if nobody wants it any more
     */
    MissedCandles(
            CandleQuery query,
            InstantSource clock,
            ScheduledExecutorService reader,
            Function<String, Channel> channels) {
        this.query = query;
        this.clock = clock;
        this.reader = reader;
        this.channels = channels;
    }

    /** One reading, until it is done or a later one takes its place. */
    private static final class Reading {

        /** When the channel was heard for the last time, ms; 0 if never. */
        private final long since;

        /** Where the log of changes goes on. */
        private long loggedSince;

        private long loggedFrom;

        /** The highest version that was logged of each candle, by open time. */
        private final Map<Long, Candle> corrected = new TreeMap<>();

        private boolean isRead;
        private int looks = LOOKS;
        private long logRetryMillis = LOG_RETRY_MILLIS;

        Reading(long since) {
            this.since = since;
            this.loggedSince = since - CLOCKS_DIFFER.toMillis();
        }

        void take(RestatedCandle change) {
            Candle after = change.after();
            if (after == null) {
                corrected.remove(change.openTime());
            } else {
                corrected.merge(
                        after.openTime(),
                        after,
                        (one, other) -> other.version().compareTo(one.version()) < 0 ? one : other);
            }
            loggedSince = change.time();
            loggedFrom = change.id() + 1;
        }
    }

    /**
     * Reads what a channel has missed; in a moment, on another thread.
     *
     * @param lastHeard when something came of it before, ms; 0 if nothing did
     */
    void read(String key, long lastHeard) {
        Reading reading =
                readings.compute(
                        key,
                        (any, before) ->
                                new Reading(
                                        before == null
                                                ? lastHeard
                                                : Math.min(before.since, lastHeard)));
        schedule(key, reading, 0);
    }

    private void schedule(String key, Reading reading, long delayMillis) {
        if (!reader.isShutdown()) {
            reader.schedule(() -> read(key, reading), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void read(String key, Reading reading) {
        if (readings.get(key) != reading) {
            return;
        }
        Channel channel = channels.apply(key);
        long wait = channel == null ? DONE : read(channel, reading);
        if (wait == DONE) {
            readings.remove(key, reading);
        } else if (readings.get(key) == reading) {
            schedule(key, reading, wait);
        }
    }

    private long read(Channel channel, Reading reading) {
        try {
            if (!reading.isRead) {
                long wait = readStores(channel, reading);
                if (wait != DONE) {
                    return wait;
                }
                reading.isRead = true;
            }
        } catch (QueryException e) {
            LOG.warn("{} {}: {}", channel.symbol(), channel.interval(), e.getMessage());
            return RETRY_MILLIS;
        } catch (RuntimeException e) {
            LOG.error("{} {}: cannot catch up", channel.symbol(), channel.interval(), e);
            return DONE;
        }
        return reading.since > 0 && channel.plain().wantsCorrections()
                ? readLog(channel, reading)
                : DONE;
    }

    private long readStores(Channel channel, Reading reading) {
        LiveSeries plain = channel.plain();
        Long since = plain.rememberedSince();
        boolean hasAll =
                (since == null || passSince(channel, since)) && pass(channel, Range.newest(1));
        if (hasAll) {
            plain.begin();
        }
        boolean hasHoles = false;
        for (ZonedSeries zoned : channel.zoned()) {
            QueryResult<List<Candle>> answer = begin(channel, zoned);
            hasAll &= answer.away().isEmpty();
            hasHoles |= !answer.lacking().isEmpty();
        }
        if (!hasAll) {
            return RETRY_MILLIS;
        }
        return hasHoles && --reading.looks > 0 ? LOOK_MILLIS : DONE;
    }

    /**
     * Passes on what was corrected meanwhile, however old it is. The log has every version of a
     * candle; the last of them may have come already, so it alone is passed.
     */
    private long readLog(Channel channel, Reading reading) {
        try {
            List<RestatedCandle> page;
            do {
                page =
                        query.restated(
                                        channel.symbol(),
                                        channel.interval(),
                                        reading.loggedSince,
                                        reading.loggedFrom,
                                        MOST_MISSED)
                                .value();
                page.forEach(reading::take);
                if (reading.corrected.size() > MOST_CORRECTED) {
                    passCorrected(channel, reading);
                }
            } while (page.size() == MOST_MISSED);
            passCorrected(channel, reading);
            return DONE;
        } catch (QueryException e) {
            LOG.debug("{} {}: {}", channel.symbol(), channel.interval(), e.getMessage());
            long wait = reading.logRetryMillis;
            reading.logRetryMillis = Math.min(2 * wait, LONGEST_LOG_RETRY_MILLIS);
            return wait;
        } catch (RuntimeException e) {
            LOG.error("{} {}: cannot catch up", channel.symbol(), channel.interval(), e);
            return DONE;
        }
    }

    private static void passCorrected(Channel channel, Reading reading) {
        reading.corrected.values().forEach(channel::accept);
        reading.corrected.clear();
    }

    /** Passes on what was stored since a candle; of too much the newest. */
    private boolean passSince(Channel channel, long since) {
        QueryResult<List<Candle>> answer = read(channel, new Range(since, null, MOST_MISSED));
        if (answer.value().size() == MOST_MISSED) {
            answer = read(channel, Range.newest(MOST_MISSED));
        }
        return pass(channel, answer);
    }

    /** Passes stored candles on, and returns whether Redis was asked for them. */
    private boolean pass(Channel channel, Range range) {
        return pass(channel, read(channel, range));
    }

    private static boolean pass(Channel channel, QueryResult<List<Candle>> answer) {
        answer.value().forEach(channel::accept);
        return !answer.away().contains(Store.REDIS);
    }

    private QueryResult<List<Candle>> begin(Channel channel, ZonedSeries zoned) {
        long since = zoned.since(clock.millis());
        QueryResult<List<Candle>> answer = read(channel, new Range(since, null, MOST_PARTS));
        if (answer.value().isEmpty()) {
            // The symbol has rested for longer than a candle.
            for (Candle newest : read(channel, Range.newest(1)).value()) {
                since = zoned.since(newest.openTime());
                answer = read(channel, new Range(since, null, MOST_PARTS));
            }
        }
        if (answer.away().isEmpty()) {
            zoned.begin(since, answer.value());
        }
        return answer;
    }

    private QueryResult<List<Candle>> read(Channel channel, Range range) {
        return query.range(channel.symbol(), channel.interval(), range);
    }
}
