package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.HashMap;
import java.util.Map;

/** The candles of a symbol in memory. Used under the lock of the symbol. */
final class ClassicSymbol {

    private final Map<CandleKey, Ohlcv> contents = new HashMap<>();
    private final Map<String, Candle> current = new HashMap<>();

    /**
     * What a trade has changed.
     *
     * @param changed the candle that has the trade
     * @param ended the candle that has to be stored for good: the one that ended with the trade, or
     *     {@code changed} if that has ended before; otherwise null
     */
    record Change(Candle changed, Candle ended) {}

    /** Folds a trade into its candle of an interval. */
    Change fold(Trade trade, Interval interval) {
        long open = interval.openOf(trade.time());
        CandleKey key = new CandleKey(trade.symbol(), interval.code(), open);
        Ohlcv content = contents.merge(key, Ohlcv.of(trade), Ohlcv::plus);
        Candle before = current.get(interval.code());
        boolean isOver = before != null && open < before.openTime();
        Candle changed = new Candle(key, interval.nextOpen(open) - 1, content, isOver);
        if (isOver) {
            return new Change(changed, changed);
        }
        current.put(interval.code(), changed);
        boolean ends = before != null && open > before.openTime();
        return new Change(changed, ends ? before.asClosed() : null);
    }
}
