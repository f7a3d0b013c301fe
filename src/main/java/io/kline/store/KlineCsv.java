package io.kline.store;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.StringJoiner;

/**
 * A candle as a line of Binance's archives.
 *
 * @see <a href="https://github.com/binance/binance-public-data">the layout</a>
 */
public final class KlineCsv {

    /** The names of the columns, a line with its end. */
    public static final String HEADER =
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
                    + "taker_buy_quote_volume,ignore\n";

    /** Binance has so many fraction digits in every figure of the spot market. */
    private static final int FEWEST_DIGITS = 8;

    private KlineCsv() {}

    /**
     * The line, with its end.
     *
     * @param openTime its first column, in any unit
     * @param closeTime its seventh column
     */
    public static String row(Candle candle, long openTime, long closeTime) {
        StringJoiner row = new StringJoiner(",", "", "\n");
        row.add(Long.toString(openTime));
        row.add(text(candle.open()));
        row.add(text(candle.high()));
        row.add(text(candle.low()));
        row.add(text(candle.close()));
        row.add(text(candle.volume()));
        row.add(Long.toString(closeTime));
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
