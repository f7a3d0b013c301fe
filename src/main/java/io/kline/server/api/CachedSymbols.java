package io.kline.server.api;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.store.DaemonThread;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The symbols of the stores, asked for once a second at most. Meanwhile the answer before is the
 * answer: nobody waits for a store but who comes first. That no store answers is the answer for a
 * second.
 */
public final class CachedSymbols {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<QueryResult<List<String>>> stores;
    private final LoadingCache<Boolean, Answer> symbols;

    private final AtomicBoolean isAsking = new AtomicBoolean();

    /**
     * One of both is null.
     *
     * @param at ns
     */
    private record Answer(QueryResult<List<String>> known, QueryException problem, long at) {

        boolean isOldProblem() {
            return problem != null && System.nanoTime() - at > FRESH.toNanos();
        }
    }

    /**
     * @param query what is asked
     * @param timeout how long it waits for a store
     */
    public CachedSymbols(CandleQuery query, Duration timeout) {
        this(query::symbols, timeout);
    }

    CachedSymbols(Supplier<QueryResult<List<String>>> stores, Duration timeout) {
        this.stores = stores;
        // Longer than it takes to find out that both stores hang, asked as late as that may be.
        Duration longest = timeout.plus(FRESH).multipliedBy(3);
        symbols =
                Caffeine.newBuilder()
                        .refreshAfterWrite(FRESH)
                        .expireAfterWrite(longest)
                        .executor(DaemonThread.onDemand("server-symbols"))
                        .build(any -> ask());
    }

    /** All of them, sorted. */
    public QueryResult<List<String>> all() {
        Answer answer = symbols.get(true);
        if (answer.isOldProblem() && isAsking.compareAndSet(false, true)) {
            // It ends soon after the fault; one finds that out, and nobody waits for it.
            try {
                answer = ask();
                symbols.put(true, answer);
            } finally {
                isAsking.set(false);
            }
        }
        if (answer.problem != null) {
            throw answer.problem;
        }
        return answer.known;
    }

    /** Whether it is one of them. */
    public boolean isKnown(String symbol) {
        return isAmong(all(), symbol);
    }

    /**
     * @throws ApiError if the symbol is not known, or nobody can know it because a store is away
     */
    public void require(String symbol) {
        QueryResult<List<String>> known = all();
        if (!isAmong(known, symbol)) {
            throw ApiError.unknownSymbol(known.away());
        }
    }

    private static boolean isAmong(QueryResult<List<String>> known, String symbol) {
        return Collections.binarySearch(known.value(), symbol) >= 0;
    }

    private Answer ask() {
        try {
            return new Answer(stores.get(), null, System.nanoTime());
        } catch (QueryException e) {
            return new Answer(null, e, System.nanoTime());
        }
    }
}
