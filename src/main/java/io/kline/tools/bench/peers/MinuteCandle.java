package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import java.math.BigDecimal;

/**
 * A candle of a minute.
 *
 * @param openTime first ms that belongs to it
 * @param count number of trades
 */
record MinuteCandle(
        String symbol,
        long openTime,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        long count) {

    /** The same as a candle of ours. */
    static MinuteCandle of(Candle candle) {
        return new MinuteCandle(
                candle.symbol(),
                candle.openTime(),
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                candle.count());
    }

    /** {@code symbol,open_time_ms,open,high,low,close,volume,count}; decimals without exponent. */
    String[] columns() {
        return new String[] {
            symbol,
            Long.toString(openTime),
            text(open),
            text(high),
            text(low),
            text(close),
            text(volume),
            Long.toString(count)
        };
    }

    private static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
