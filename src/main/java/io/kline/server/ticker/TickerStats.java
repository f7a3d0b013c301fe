package io.kline.server.ticker;

import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the trades of a window did. Without trades all prices are that of the last trade before, and
 * the ids are -1.
 *
 * @param symbol whose trades
 * @param open price of the first trade
 * @param high highest price
 * @param low lowest price
 * @param last price of the last trade
 * @param volume base asset
 * @param quoteVolume quote asset
 * @param openTime first ms of the window
 * @param closeTime last ms of the window
 * @param firstId first execution
 * @param lastId last execution
 * @param count number of executions
 */
public record TickerStats(
        String symbol,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal last,
        BigDecimal volume,
        BigDecimal quoteVolume,
        long openTime,
        long closeTime,
        long firstId,
        long lastId,
        long count) {

    private static final int LEAST_DIGITS = 8;
    private static final int PERCENT_DIGITS = 3;

    /** A window without trades. */
    static TickerStats flat(String symbol, BigDecimal price, long openTime, long closeTime) {
        return new TickerStats(
                symbol,
                price,
                price,
                price,
                price,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                openTime,
                closeTime,
                TradeRef.UNKNOWN,
                TradeRef.UNKNOWN,
                0);
    }

    BigDecimal change() {
        return last.subtract(open);
    }

    /** Rounded half up to three fraction digits. */
    BigDecimal changePercent() {
        return change().movePointRight(2).divide(open, PERCENT_DIGITS, RoundingMode.HALF_UP);
    }

    BigDecimal averagePrice() {
        return average(quoteVolume, volume, last);
    }

    /**
     * Quote volume by volume, rounded half up to eight fraction digits, or to those of the last
     * price if these are more. Where nothing was traded it is the last price.
     */
    static BigDecimal average(BigDecimal quoteVolume, BigDecimal volume, BigDecimal last) {
        return volume.signum() == 0
                ? last
                : quoteVolume.divide(
                        volume,
                        Math.max(LEAST_DIGITS, last.stripTrailingZeros().scale()),
                        RoundingMode.HALF_UP);
    }
}
