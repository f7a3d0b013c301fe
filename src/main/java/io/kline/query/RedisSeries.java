package io.kline.query;

import io.kline.model.Candle;
import java.util.List;

/**
 * What Redis holds of a symbol and interval.
 *
 * @param latest the latest candle, or null; read before the others, so that a candle which has gone
 *     to the history in between is among them
 * @param history candles of the history, in any order
 */
record RedisSeries(Candle latest, List<Candle> history) {

    /** When Redis is away. */
    static final RedisSeries NOTHING = new RedisSeries(null, List.of());
}
