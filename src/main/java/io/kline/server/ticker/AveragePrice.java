package io.kline.server.ticker;

import java.math.BigDecimal;

/**
 * The average price of the last minutes.
 *
 * @param price quote volume by volume; the last price where nothing was traded
 * @param lastTradeTime when the last trade was, ms
 */
public record AveragePrice(BigDecimal price, long lastTradeTime) {

    /** How many minutes Binance's average is of. */
    public static final int MINUTES = 5;
}
