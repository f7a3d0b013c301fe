package io.kline.server.api;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** The symbols of the stores, asked for once a second at most. */
public final class CachedSymbols {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final LoadingCache<Boolean, QueryResult<List<String>>> symbols;

    /**
     * @param query what is asked
     */
    public CachedSymbols(CandleQuery query) {
        symbols = Caffeine.newBuilder().expireAfterWrite(FRESH).build(any -> query.symbols());
    }

    /** All of them, sorted. */
    public QueryResult<List<String>> all() {
        return symbols.get(true);
    }

    /** Whether it is one of them. */
    public boolean isKnown(String symbol) {
        return Collections.binarySearch(all().value(), symbol) >= 0;
    }

    /**
     * @throws ApiError if the symbol is not known
     */
    public void require(String symbol) {
        if (!isKnown(symbol)) {
            throw ApiError.badSymbol();
        }
    }
}
