package io.kline.tools.export;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.StringJoiner;

/**
 * A candle as a line of an archive.
 *
 * @see <a href="https://github.com/binance/binance-public-data">the layout</a>
 */
final class ArchiveRow {

    /** Binance has so many fraction digits in every figure of the spot market. */
    private static final int FEWEST_DIGITS = 8;

    private ArchiveRow() {}

    /** The line, with its end. */
    static String of(Candle candle, TimeUnit unit) {
        StringJoiner row = new StringJoiner(",", "", "\n");
        row.add(Long.toString(unit.first(candle.openTime())));
        row.add(text(candle.open()));
        row.add(text(candle.high()));
        row.add(text(candle.low()));
        row.add(text(candle.close()));
        row.add(text(candle.volume()));
        row.add(Long.toString(unit.last(candle.closeTime())));
        row.add(text(candle.quoteVolume()));
        row.add(Long.toString(candle.count()));
        row.add(text(candle.takerBuyVolume()));
        row.add(text(candle.takerBuyQuoteVolume()));
        row.add("0");
        return row.toString();
    }

    private static String text(BigDecimal value) {
        BigDecimal padded = value.scale() < FEWEST_DIGITS ? value.setScale(FEWEST_DIGITS) : value;
        return padded.toPlainString();
    }
}
