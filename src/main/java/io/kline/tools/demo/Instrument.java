package io.kline.tools.demo;

import java.math.BigDecimal;

/**
 * Something a made-up market trades.
 *
 * @param symbol its symbol
 * @param price around which it is traded, on the tick grid
 * @param tickScale fraction digits of prices; the tick is one unit of the last
 * @param lotScale fraction digits of quantities; the lot is one unit of the last
 */
record Instrument(String symbol, BigDecimal price, int tickScale, int lotScale) {}
