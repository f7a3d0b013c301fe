package io.kline.server.udf;

import io.kline.server.precision.SymbolSteps;
import java.math.BigDecimal;

/**
 * How many fraction digits the prices of a symbol have: those of its smallest step. It never goes
 * back: a chart must not change its scale because the newest prices happen to be round.
 *
 * @param steps what is known of symbols
 */
record PriceScale(SymbolSteps steps) {

    /** More digits than a chart can show. */
    static final int MOST_DIGITS = 15;

    private static final int LEAST_DIGITS = 2;

    /**
     * The digits, 2 to 15.
     *
     * @param symbol a known one
     */
    int digits(String symbol) {
        int digits = steps.of(symbol).value().tickSize().stripTrailingZeros().scale();
        return Math.max(LEAST_DIGITS, Math.min(MOST_DIGITS, digits));
    }

    /** What one is divided by to get the smallest step. */
    static long powerOfTen(int digits) {
        return BigDecimal.ONE.movePointRight(digits).longValueExact();
    }
}
