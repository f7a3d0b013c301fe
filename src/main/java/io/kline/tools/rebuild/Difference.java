package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Trade;
import java.util.List;

/**
 * A candle that is not stored as it was computed.
 *
 * @param key which candle
 * @param texts what differs, and where
 * @param candle as it is to be written, or null
 * @param removed whether it is to be removed
 * @param isInRedis whether Redis has a version of it
 * @param added late trades that the ledger lacks
 * @param dropped trades of the ledger that are not in the candle
 * @param refusal why it is left as it is, or null
 */
record Difference(
        CandleKey key,
        List<String> texts,
        Candle candle,
        boolean removed,
        boolean isInRedis,
        List<Trade> added,
        List<Trade> dropped,
        String refusal) {

    /** The same, left as it is. */
    Difference refused(String why) {
        return new Difference(key, texts, candle, removed, isInRedis, added, dropped, why);
    }

    boolean isRefused() {
        return refusal != null;
    }
}
