package io.kline.server.api;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Store;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The symbols of the stores, asked for once a second at most. Meanwhile, and that they cannot be
 * told as well, the answer before is the answer: nobody waits for a store but who comes first.
 */
public final class CachedSymbols {

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Longer than it takes to find out that both stores hang. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CandleQuery query;
    private final LoadingCache<Boolean, Answer> symbols;

    /** One of both is null. */
    private record Answer(QueryResult<List<String>> known, QueryException problem) {}

    /**
     * @param query what is asked
     */
    public CachedSymbols(CandleQuery query) {
        this.query = query;
        symbols =
                Caffeine.newBuilder()
                        .refreshAfterWrite(FRESH)
                        .expireAfterWrite(LONGEST)
                        .executor(beside())
                        .build(any -> ask());
    }

    /** All of them, sorted. */
    public QueryResult<List<String>> all() {
        Answer answer = symbols.get(true);
        if (answer.problem != null) {
            throw answer.problem;
        }
        return answer.known;
    }

    /** Whether it is one of them. */
    public boolean isKnown(String symbol) {
        return Collections.binarySearch(all().value(), symbol) >= 0;
    }

    /**
     * @throws ApiError if the symbol is not known, or nobody can know it because a store is away
     */
    public void require(String symbol) {
        if (isKnown(symbol)) {
            return;
        }
        Set<Store> away = new HashSet<>(all().away());
        if (!query.knowsSymbolsOfMysql()) {
            away.add(Store.MYSQL);
        }
        throw ApiError.unknownSymbol(away);
    }

    private Answer ask() {
        try {
            return new Answer(query.symbols(), null);
        } catch (QueryException e) {
            return new Answer(null, e);
        }
    }

    /** A thread that ends by itself when there is nothing to do. */
    private static Executor beside() {
        return new ThreadPoolExecutor(
                0,
                1,
                FRESH.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "server-symbols");
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
