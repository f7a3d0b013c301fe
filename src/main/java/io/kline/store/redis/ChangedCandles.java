package io.kline.store.redis;

import io.kline.model.Candle;
import java.util.List;

/**
 * Changed candles of one symbol.
 *
 * @param symbol the symbol of all of them
 * @param candles open times ascending within each interval
 */
public record ChangedCandles(String symbol, List<Candle> candles) {}
