package io.kline.server.udf;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many fraction digits the prices of a symbol have. No exchange reports it here, so it is read
 * from the prices of its newest candles of each interval.
 *
 * @param query what is asked
 * @param intervals the stored intervals
 */
record PriceScale(CandleQuery query, List<Interval> intervals) {

    /** More digits than a chart can show. */
    static final int MOST_DIGITS = 15;

    private static final int LEAST_DIGITS = 2;
    private static final int CANDLES = 10;

    /** The digits, 2 to 15. */
    int digits(String symbol) {
        return intervals.stream()
                .flatMap(each -> query.range(symbol, each, Range.newest(CANDLES)).value().stream())
                .flatMap(PriceScale::prices)
                .mapToInt(price -> price.stripTrailingZeros().scale())
                .map(digits -> Math.max(LEAST_DIGITS, Math.min(MOST_DIGITS, digits)))
                .max()
                .orElse(LEAST_DIGITS);
    }

    /** What one is divided by to get the smallest step. */
    static long powerOfTen(int digits) {
        return BigDecimal.ONE.movePointRight(digits).longValueExact();
    }

    private static Stream<BigDecimal> prices(Candle candle) {
        return Stream.of(candle.open(), candle.high(), candle.low(), candle.close());
    }
}
