package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.query.RollingCandle;
import io.kline.query.Store;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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

    /** The parts of two candles, and what has opened since. */
    private static final int MOST_PARTS = 2 * RollingCandle.MOST_PARTS + MissedReading.MOST_MISSED;

    /** In place of the ms after which something has to go on: it is done. */
    private static final long DONE = -1;

    private static final long LOOK_MILLIS = 5_000;

    /** Corrected candles that are held at once; beyond them one may be passed a second time. */
    private static final int MOST_CORRECTED = 10_000;

    private final CandleQuery query;
    private final Ranges ranges;
    private final InstantSource clock;
    private final ScheduledExecutorService reader;
    private final Function<String, Channel> channels;
    private final Counter gaps;

    /** The readings that are not done; of a channel the last one. */
    private final Map<String, MissedReading> readings = new ConcurrentHashMap<>();

    /** Stored candles of a symbol, oldest first. */
    interface Ranges {
        QueryResult<List<Candle>> read(String symbol, Interval interval, Range range);
    }

    /**
     * @param reader does it
     * @param channels the channel of a key; null if nobody wants it any more
     * @param gaps streams that went on without what MySQL alone had
     */
    MissedCandles(
            CandleQuery query,
            InstantSource clock,
            ScheduledExecutorService reader,
            Function<String, Channel> channels,
            Counter gaps) {
        this(query, query::range, clock, reader, channels, gaps);
    }

    /**
     * The same with other candles.
     *
     * @param ranges where they are
     */
    MissedCandles(
            CandleQuery query,
            Ranges ranges,
            InstantSource clock,
            ScheduledExecutorService reader,
            Function<String, Channel> channels,
            Counter gaps) {
        this.query = query;
        this.ranges = ranges;
        this.clock = clock;
        this.reader = reader;
        this.channels = channels;
        this.gaps = gaps;
    }

    /** Reads what a channel has missed so far; in a moment, on another thread. */
    void read(String key, Channel channel) {
        // Not with the map locked: a series has a lock of its own.
        MissedReading next = MissedReading.of(channel);
        MissedReading reading =
                readings.compute(key, (any, before) -> before == null ? next : next.with(before));
        schedule(key, reading, 0);
    }

    private void schedule(String key, MissedReading reading, long delayMillis) {
        if (!reader.isShutdown()) {
            reader.schedule(() -> read(key, reading), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void read(String key, MissedReading reading) {
        if (readings.get(key) != reading) {
            return;
        }
        Channel channel = reading.channel;
        long wait = channels.apply(key) == channel ? read(channel, reading) : DONE;
        if (wait == DONE) {
            readings.remove(key, reading);
        } else if (readings.get(key) == reading) {
            schedule(key, reading, wait);
        }
    }

    private long read(Channel channel, MissedReading reading) {
        try {
            if (!reading.isRead) {
                long wait = readStores(channel, reading);
                if (wait != DONE) {
                    return wait;
                }
                reading.leave(List.of());
                reading.isRead = true;
            }
        } catch (QueryException e) {
            LOG.warn("{} {}: {}", channel.symbol(), channel.interval(), e.getMessage());
            channel.holdOn();
            return reading.retry.nextMillis();
        } catch (RuntimeException e) {
            LOG.error("{} {}: cannot catch up", channel.symbol(), channel.interval(), e);
            channel.giveUp(reading.hold);
            return DONE;
        }
        return reading.lastHeard > 0 && channel.plain().wantsCorrections()
                ? readLog(channel, reading)
                : DONE;
    }

    private long readStores(Channel channel, MissedReading reading) {
        boolean hasAll = passPlain(channel, reading) && fillGaps(channel, reading);
        boolean hasHoles = !reading.gaps.isEmpty();
        for (ZonedSeries zoned : channel.zoned()) {
            QueryResult<List<Candle>> answer = begin(channel, zoned, reading.hold);
            hasAll &= answer.away().isEmpty();
            hasHoles |= !answer.lacking().isEmpty();
        }
        if (!hasAll) {
            return reading.retry.nextMillis();
        }
        return hasHoles && --reading.looks > 0 ? LOOK_MILLIS : DONE;
    }

    private boolean passPlain(Channel channel, MissedReading reading) {
        if (reading.isPassed) {
            return true;
        }
        // Not what is remembered now: what has waited for too long may have gone out meanwhile.
        Long since = reading.from == null ? channel.plain().rememberedSince() : reading.from;
        if (!reading.isSincePassed && since != null && !passSince(channel, reading, since)) {
            return false;
        }
        reading.isSincePassed = true;
        if (!reading.pass(read(channel, Range.newest(1)))) {
            return false;
        }
        reading.isPassed = true;
        channel.plain().begin(reading.hold);
        return true;
    }

    /**
     * Passes on what was corrected meanwhile, however old it is. The log has every version of a
     * candle; the last of them may have come already, so it alone is passed.
     */
    private long readLog(Channel channel, MissedReading reading) {
        try {
            List<RestatedCandle> page;
            do {
                page =
                        query.restated(
                                        channel.symbol(),
                                        channel.interval(),
                                        reading.loggedSince,
                                        reading.loggedFrom,
                                        MissedReading.MOST_MISSED)
                                .value();
                page.forEach(reading::take);
                if (reading.corrected.size() > MOST_CORRECTED) {
                    reading.passCorrected();
                }
            } while (page.size() == MissedReading.MOST_MISSED);
            return DONE;
        } catch (QueryException e) {
            LOG.debug("{} {}: {}", channel.symbol(), channel.interval(), e.getMessage());
            return reading.logRetry.nextMillis();
        } catch (RuntimeException e) {
            LOG.error("{} {}: cannot catch up", channel.symbol(), channel.interval(), e);
            return DONE;
        } finally {
            reading.passCorrected();
        }
    }

    /** Passes on what was stored since a candle; of too much what has gone out, and the newest. */
    private boolean passSince(Channel channel, MissedReading reading, long since) {
        int most = MissedReading.MOST_MISSED;
        QueryResult<List<Candle>> answer = read(channel, new Range(since, null, most));
        LiveSeries plain = channel.plain();
        Range lacking = reading.lackingOf(answer.value());
        boolean isMysqlAway = lacking != null && answer.away().contains(Store.MYSQL);
        if (isMysqlAway && plain.isHeld()) {
            // What is next goes out. The rest comes behind what MySQL has, or without it.
            reading.awaited = lacking.start();
            reading.pass(answer);
            return false;
        }
        // MySQL may have come back after the stream went on.
        Long without = isMysqlAway ? lacking.start() : reading.awaited;
        boolean isWithout = isMysqlAway || without != null && plain.isWithoutClose(without);
        if (MissedReading.isWhole(answer) && answer.value().size() == most) {
            answer.value().stream().takeWhile(plain::hasSent).forEach(reading::pass);
            answer = read(channel, Range.newest(most));
        }
        if (!reading.pass(answer)) {
            return false;
        }
        reading.goOn(lacking);
        if (isWithout) {
            gaps.increment();
            LOG.warn(
                    "{} {}: goes on without candles from {} on: MySQL alone has them, and was away",
                    channel.symbol(),
                    channel.interval(),
                    Instant.ofEpochMilli(without));
        }
        return true;
    }

    /** Passes on what the stream went on without; returns whether what lacks it was there. */
    private boolean fillGaps(Channel channel, MissedReading reading) {
        boolean wasThere = true;
        List<Range> left = new ArrayList<>();
        Deque<Range> wanted = new ArrayDeque<>(reading.gaps);
        while (!wanted.isEmpty()) {
            Range gap = wanted.pop();
            QueryResult<List<Candle>> answer = read(channel, gap);
            if (!reading.pass(answer)) {
                return false;
            }
            Range behind = reading.behind(answer.value(), gap);
            if (behind != null) {
                wanted.push(behind);
                gap = new Range(gap.start(), behind.start() - 1, gap.limit());
            }
            Range lacking = reading.lackingOf(answer.value(), gap);
            if (lacking != null) {
                left.add(lacking);
                wasThere &= answer.away().isEmpty();
            }
        }
        reading.leave(left);
        return wasThere;
    }

    private QueryResult<List<Candle>> begin(Channel channel, ZonedSeries zoned, int hold) {
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
            zoned.begin(since, answer.value(), hold);
        } else if (!answer.away().contains(Store.REDIS)) {
            // What is made of candles of MySQL is made when it is back; what is live goes on.
            zoned.series().letGo(hold);
        } else {
            zoned.series().holdOn();
        }
        return answer;
    }

    private QueryResult<List<Candle>> read(Channel channel, Range range) {
        return ranges.read(channel.symbol(), channel.interval(), range);
    }
}
