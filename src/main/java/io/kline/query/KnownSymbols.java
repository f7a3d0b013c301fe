package io.kline.query;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The symbols that have candles. Thread safe.
 *
 * <p>A symbol is in the set in Redis before it has a candle in MySQL. After Redis was emptied the
 * set fills up as symbols are traded, so what has been seen is remembered, beginning with what
 * MySQL tells when it is first reached. A symbol taken out of both stores is forgotten with the
 * process.
 */
final class KnownSymbols {

    private final RedisReads redis;
    private final MysqlReads mysql;
    private final NavigableSet<String> seen = new ConcurrentSkipListSet<>();
    private volatile boolean hasAskedMysql;

    KnownSymbols(RedisReads redis, MysqlReads mysql) {
        this.redis = redis;
        this.mysql = mysql;
    }

    /**
     * All of them, sorted.
     *
     * @throws QueryException if no store is there
     */
    List<String> ask(Question question) {
        Optional<List<String>> inRedis = question.ask(Store.REDIS, redis::symbols);
        inRedis.ifPresent(seen::addAll);
        if (inRedis.isEmpty()) {
            seen.addAll(question.ask(Store.MYSQL, mysql::symbols).orElseThrow(question::failure));
        } else if (!hasAskedMysql) {
            // A set that is there is the answer; whether MySQL is away matters to an empty one.
            Question aside = inRedis.get().isEmpty() ? question : new Question();
            aside.ask(Store.MYSQL, mysql::symbols)
                    .ifPresent(
                            symbols -> {
                                seen.addAll(symbols);
                                hasAskedMysql = true;
                            });
        }
        return new ArrayList<>(seen);
    }
}
