package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The candles of both stores as one. Thread safe.
 *
 * <p>Every method throws {@link QueryException} if no store that could answer was there, and {@link
 * IllegalArgumentException} for what cannot be a symbol or an interval that is neither stored nor
 * made of stored ones.
 */
public final class CandleQuery implements AutoCloseable {

    private CandleQuery() {}

    /** Opens pools; succeeds although a store is away. */
    public static CandleQuery open(QuerySettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** The newest candle of a symbol. */
    public Answer<Optional<Candle>> latest(String symbol, Interval interval) {
        throw new UnsupportedOperationException();
    }

    /** The newest candle of every known symbol that has one, by symbol, of a stored interval. */
    public Answer<List<Candle>> latestOfAll(Interval interval) {
        throw new UnsupportedOperationException();
    }

    /** The known symbols, sorted. */
    public Answer<List<String>> symbols() {
        throw new UnsupportedOperationException();
    }

    /** Candles of a symbol, oldest first. */
    public Answer<List<Candle>> range(String symbol, Interval interval, Range range) {
        throw new UnsupportedOperationException();
    }

    /**
     * The late trades that were applied to stored candles, oldest candle first.
     *
     * @param interval whose candles; null for all intervals
     * @param range the open times of the candles
     */
    public Answer<List<AppliedCorrection>> corrections(
            String symbol, Interval interval, Range range) {
        throw new UnsupportedOperationException();
    }

    /** Asks each store whether it answers. */
    public Map<Store, StoreHealth> health() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
