package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Symbol;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The candles of both stores as one. Thread safe.
 *
 * <p>Every question throws {@link QueryException} if no store that could answer was there, and
 * {@link IllegalArgumentException} for what cannot be a symbol, or an interval that is neither
 * stored nor can be made of stored ones.
 */
public final class CandleQuery implements AutoCloseable {

    private final List<Interval> intervals;
    private final RedisReads redis;
    private final MysqlReads mysql;
    private final KnownSymbols symbols;
    private final LatestOfAll latestOfAll;
    private final InstantSource clock;

    private CandleQuery(QuerySettings settings, InstantSource clock) {
        this.intervals = settings.intervals();
        this.redis = RedisReads.open(settings);
        this.mysql = MysqlReads.open(settings);
        this.symbols = new KnownSymbols(redis, mysql);
        this.latestOfAll = new LatestOfAll(redis, mysql, clock);
        this.clock = clock;
    }

    /** Opens pools; succeeds although a store is away. */
    public static CandleQuery open(QuerySettings settings) {
        return open(settings, InstantSource.system());
    }

    /**
     * The same with another clock.
     *
     * @param clock decides whether the latest candle in Redis is the current one
     */
    static CandleQuery open(QuerySettings settings, InstantSource clock) {
        return new CandleQuery(settings, clock);
    }

    /** The newest candle of a symbol. */
    public QueryResult<Optional<Candle>> latest(String symbol, Interval interval) {
        QueryResult<List<Candle>> newest = range(symbol, interval, Range.newest(1));
        return new QueryResult<>(newest.value().stream().findFirst(), newest.missing());
    }

    /**
     * The newest candle of every known symbol that has one, by symbol.
     *
     * @param interval one that is stored
     */
    public QueryResult<List<Candle>> latestOfAll(Interval interval) {
        if (!isStored(interval)) {
            throw new IllegalArgumentException("not a stored interval: " + interval);
        }
        StoreReads question = new StoreReads();
        List<String> known = symbols.ask(question);
        return question.answer(latestOfAll.ask(question, known, interval.code()));
    }

    /** The known symbols, sorted. */
    public QueryResult<List<String>> symbols() {
        StoreReads question = new StoreReads();
        return question.answer(symbols.ask(question));
    }

    /** Candles of a symbol, oldest first. */
    public QueryResult<List<Candle>> range(String symbol, Interval interval, Range range) {
        checkSymbol(symbol);
        StoreReads question = new StoreReads();
        if (isStored(interval)) {
            return question.answer(stored(question, symbol, interval, range));
        }
        RollUp rollUp =
                new RollUp(
                        interval,
                        RollUp.source(intervals, interval)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "no stored interval fits "
                                                                + interval
                                                                + " at "
                                                                + interval.offset())));
        return question.answer(
                rollUp.read(range, page -> stored(question, symbol, rollUp.source(), page)));
    }

    /**
     * How many stored candles an answer is made of at most, known without asking a store; 0 for an
     * interval that cannot be made.
     */
    public int storedCandles(Interval interval, Range range) {
        if (isStored(interval)) {
            return range.limit();
        }
        return RollUp.source(intervals, interval)
                .map(source -> new RollUp(interval, source).stored(range))
                .orElse(0);
    }

    /**
     * The late trades that were applied to stored candles, oldest candle first.
     *
     * @param interval whose candles; null for all intervals
     * @param range the open times of the candles
     */
    public QueryResult<List<AppliedCorrection>> corrections(
            String symbol, Interval interval, Range range) {
        checkSymbol(symbol);
        StoreReads question = new StoreReads();
        String code = interval == null ? null : interval.code();
        return question.answer(
                question.ask(Store.MYSQL, () -> mysql.corrections(symbol, code, range))
                        .orElseThrow(question::failure));
    }

    /**
     * Changes of closed candles by late trades and rebuilds, in the order of their times and ids.
     *
     * @param symbol whose; null for all
     * @param interval of which candles; null for all
     * @param since when they were made, ms
     * @param fromId the first of those made at that very time; 0 for all of them
     * @param limit how many at most
     */
    public QueryResult<List<RestatedCandle>> restated(
            String symbol, Interval interval, long since, long fromId, int limit) {
        if (symbol != null) {
            checkSymbol(symbol);
        }
        StoreReads question = new StoreReads();
        String code = interval == null ? null : interval.code();
        return question.answer(
                question.ask(Store.MYSQL, () -> mysql.restated(symbol, code, since, fromId, limit))
                        .orElseThrow(question::failure));
    }

    /** Asks each store whether it answers; waits for each as long as for a question. */
    public Map<Store, StoreHealth> health() {
        Map<Store, StoreHealth> health = new EnumMap<>(Store.class);
        health.put(Store.REDIS, StoreHealth.of(redis::check));
        health.put(Store.MYSQL, StoreHealth.of(mysql::check));
        return health;
    }

    @Override
    public void close() {
        try (redis) {
            mysql.close();
        }
    }

    private List<Candle> stored(
            StoreReads question, String symbol, Interval interval, Range range) {
        Optional<RedisSeries> inRedis =
                question.ask(Store.REDIS, () -> redis.series(symbol, interval.code(), range));
        RedisCoverage seam =
                new RedisCoverage(
                        interval, range, inRedis.orElse(RedisSeries.NOTHING), clock.millis());
        Optional<Range> unknown = seam.unknown();
        if (unknown.isEmpty()) {
            return seam.join(List.of());
        }
        Optional<List<Candle>> inMysql =
                question.ask(
                        Store.MYSQL, () -> mysql.candles(symbol, interval.code(), unknown.get()));
        if (inRedis.isEmpty() && inMysql.isEmpty()) {
            throw question.failure();
        }
        List<Candle> candles = seam.join(inMysql.orElse(List.of()));
        if (inMysql.isPresent() && seam.hasHole()) {
            question.lacks(Store.MYSQL);
        }
        return candles;
    }

    private boolean isStored(Interval interval) {
        return intervals.stream()
                .anyMatch(
                        stored ->
                                stored.equals(interval)
                                        || stored.code().equals(interval.code())
                                                && RollUp.fits(stored, interval));
    }

    private static void checkSymbol(String symbol) {
        if (!Symbol.isValid(symbol)) {
            throw new IllegalArgumentException("not a symbol");
        }
    }
}
