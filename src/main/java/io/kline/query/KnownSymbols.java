package io.kline.query;

import io.kline.store.DaemonThread;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The symbols that have candles. Thread safe.
 *
 * <p>A symbol is in the set in Redis before it has a candle in MySQL. After Redis was emptied the
 * set fills up as symbols are traded, so what has been seen is remembered, beginning with what
 * MySQL has when it is first reached: where it was away at first, that is tried again beside the
 * questions, which do not wait for it and are answered as incomplete until then. While Redis is
 * away MySQL is asked once a minute. A symbol taken out of both stores is forgotten with the
 * process.
 */
final class KnownSymbols {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final String NEVER_ASKED = "has not answered since the start";

    private final RedisReads redis;
    private final MysqlReads mysql;
    private final NavigableSet<String> seen = new ConcurrentSkipListSet<>();

    /** When MySQL was last asked for its symbols, ns; null if it never has. */
    private volatile Long asked;

    private volatile boolean tried;
    private final AtomicBoolean trying = new AtomicBoolean();
    private final Executor beside = DaemonThread.onDemand("query-symbols");

    KnownSymbols(RedisReads redis, MysqlReads mysql) {
        this.redis = redis;
        this.mysql = mysql;
    }

    /**
     * All of them, sorted.
     *
     * @throws QueryException if no store is there
     */
    List<String> ask(StoreReads question) {
        Optional<List<String>> inRedis = question.ask(Store.REDIS, redis::symbols);
        inRedis.ifPresent(seen::addAll);
        if (inRedis.isEmpty()) {
            if (asked == null || System.nanoTime() - asked > MINUTE_NANOS) {
                askMysql(question).orElseThrow(question::failure);
            }
        } else if (asked == null) {
            // Until then a symbol that Redis does not have may be one all the same.
            if (inRedis.get().isEmpty() || !tried) {
                askMysql(question);
            } else {
                question.missed(Store.MYSQL, NEVER_ASKED);
                tryMysqlAgain();
            }
        }
        return new ArrayList<>(seen);
    }

    private void tryMysqlAgain() {
        if (trying.compareAndSet(false, true)) {
            beside.execute(
                    () -> {
                        try {
                            askMysql(new StoreReads());
                        } finally {
                            trying.set(false);
                        }
                    });
        }
    }

    private Optional<List<String>> askMysql(StoreReads question) {
        Optional<List<String>> symbols =
                question.ask(Store.MYSQL, () -> mysql.symbols(List.copyOf(seen)));
        tried = true;
        symbols.ifPresent(
                all -> {
                    seen.addAll(all);
                    asked = System.nanoTime();
                });
        return symbols;
    }
}
