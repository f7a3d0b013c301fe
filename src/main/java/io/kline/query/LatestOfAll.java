package io.kline.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kline.model.Candle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The newest candles of all symbols: Redis' latest, and MySQL's where that one is old or missing.
 * What MySQL has of symbols that rest is remembered for a moment. Thread safe.
 */
final class LatestOfAll {

    /** Long beside the time between two questions, short for who waits for a candle. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final int MOST_REMEMBERED = 100_000;

    private final RedisReads redis;
    private final MysqlReads mysql;
    private final InstantSource clock;
    private final Cache<Series, Rested> rested =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

    private record Series(String symbol, String interval) {}

    /**
     * What the stores had of a series; null for nothing.
     *
     * @param inMysql is still right while Redis has the same
     */
    private record Rested(Candle inRedis, Candle inMysql) {}

    /**
     * @param clock decides whether the latest candle in Redis is the current one
     */
    LatestOfAll(RedisReads redis, MysqlReads mysql, InstantSource clock) {
        this.redis = redis;
        this.mysql = mysql;
        this.clock = clock;
    }

    /**
     * The newest candle of each symbol that has one, by symbol.
     *
     * @throws QueryException if no store is there
     */
    List<Candle> ask(StoreReads question, List<String> symbols, String interval) {
        RedisReads.LatestCandles inRedis = redis.latest(symbols, interval);
        if (inRedis.problem() != null) {
            question.missed(Store.REDIS, inRedis.problem());
        }
        Map<String, Candle> latest = new TreeMap<>(inRedis.found());
        long now = clock.millis();
        List<String> unknown = new ArrayList<>();
        for (String symbol : symbols) {
            Candle held = inRedis.found().get(symbol);
            if (RedisCoverage.isCurrent(held, now)) {
                continue;
            }
            Rested known = rested.getIfPresent(new Series(symbol, interval));
            // Without Redis, MySQL is all there is to see a change by.
            if (known == null
                    || inRedis.problem() != null
                    || !Objects.equals(known.inRedis, held)) {
                unknown.add(symbol);
            } else {
                merge(latest, known.inMysql);
            }
        }
        if (unknown.isEmpty()) {
            return new ArrayList<>(latest.values());
        }
        Optional<List<Candle>> answer =
                question.ask(Store.MYSQL, () -> mysql.latest(unknown, interval));
        if (answer.isEmpty() && inRedis.problem() != null && latest.isEmpty()) {
            throw question.failure();
        }
        answer.ifPresent(
                rows -> {
                    Map<String, Candle> bySymbol =
                            rows.stream()
                                    .collect(Collectors.toMap(Candle::symbol, Function.identity()));
                    for (String symbol : unknown) {
                        Candle row = bySymbol.get(symbol);
                        rested.put(
                                new Series(symbol, interval),
                                new Rested(inRedis.found().get(symbol), row));
                        merge(latest, row);
                    }
                });
        return new ArrayList<>(latest.values());
    }

    private static void merge(Map<String, Candle> latest, Candle row) {
        if (row != null) {
            latest.merge(row.symbol(), row, (held, other) -> Candle.newer(other, held));
        }
    }
}
