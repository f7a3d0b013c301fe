package io.kline.server.udf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.Range;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How many fraction digits the prices of a symbol have. No exchange reports it here, so it is read
 * from the prices of its newest candles, at the first question and once an hour. It never goes
 * back: a chart must not change its scale because the newest prices happen to be round.
 */
final class PriceScale {

    /** More digits than a chart can show. */
    static final int MOST_DIGITS = 15;

    private static final int LEAST_DIGITS = 2;
    private static final int CANDLES = 1_000;
    private static final int MOST_SYMBOLS = 10_000;
    private static final Duration FRESH = Duration.ofHours(1);

    private final CandleQuery query;
    private final Interval shortest;
    private final Map<String, Integer> highest = new ConcurrentHashMap<>();
    private final Cache<String, Integer> fresh =
            Caffeine.newBuilder().maximumSize(MOST_SYMBOLS).expireAfterWrite(FRESH).build();

    /**
     * @param query what is asked
     * @param intervals the stored intervals; the shortest has the most different prices
     */
    PriceScale(CandleQuery query, List<Interval> intervals) {
        this.query = query;
        this.shortest =
                intervals.stream()
                        .min((a, b) -> Long.compare(a.nextOpen(0), b.nextOpen(0)))
                        .orElseThrow();
    }

    /**
     * The digits, 2 to 15.
     *
     * @param symbol a known one
     */
    int digits(String symbol) {
        return fresh.get(
                symbol,
                any -> highest.merge(symbol, read(symbol), (before, now) -> Math.max(before, now)));
    }

    /** What one is divided by to get the smallest step. */
    static long powerOfTen(int digits) {
        return BigDecimal.ONE.movePointRight(digits).longValueExact();
    }

    private int read(String symbol) {
        return query.range(symbol, shortest, Range.newest(CANDLES)).value().stream()
                .flatMap(PriceScale::prices)
                .mapToInt(price -> price.stripTrailingZeros().scale())
                .map(digits -> Math.max(LEAST_DIGITS, Math.min(MOST_DIGITS, digits)))
                .max()
                .orElse(LEAST_DIGITS);
    }

    private static Stream<BigDecimal> prices(Candle candle) {
        return Stream.of(candle.open(), candle.high(), candle.low(), candle.close());
    }
}
