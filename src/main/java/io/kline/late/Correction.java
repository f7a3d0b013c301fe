package io.kline.late;

import io.kline.fold.Fold;
import io.kline.fold.LastTrade;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Trade;

/**
 * What a late trade does to the stored candle that it missed.
 *
 * <p>Open and close are decided by (time, id) as everywhere. Where the time of a stored candle's
 * first trade is not known, the open is decided by the ids, which grow with the exchange's
 * sequence.
 */
final class Correction {

    private Correction() {}

    /** The candle of the trade alone, where none was stored. */
    static Candle first(CandleKey key, long closeTime, Trade trade) {
        Fold fold = Fold.of(trade);
        return new Candle(
                key.symbol(),
                key.interval(),
                key.openTime(),
                closeTime,
                fold.open(),
                fold.high(),
                fold.low(),
                fold.close(),
                fold.volume(),
                fold.quoteVolume(),
                fold.takerBuyVolume(),
                fold.takerBuyQuoteVolume(),
                fold.count(),
                fold.firstTradeId(),
                fold.lastTradeId(),
                fold.firstTime(),
                fold.lastTime(),
                fold.lastId(),
                true);
    }

    /** The stored candle and the trade. */
    static Candle fold(Candle stored, Trade trade) {
        if (stored.isFlat()) {
            return first(CandleKey.of(stored), stored.closeTime(), trade);
        }
        Fold fold = Fold.of(trade);
        boolean isLast = fold.last().isAfter(lastOf(stored));
        boolean isFirst = !isLast && isBeforeFirst(trade, stored);
        return new Candle(
                stored.symbol(),
                stored.interval(),
                stored.openTime(),
                stored.closeTime(),
                isFirst ? trade.price() : stored.open(),
                stored.high().max(trade.price()),
                stored.low().min(trade.price()),
                isLast ? trade.price() : stored.close(),
                stored.volume().add(fold.volume()),
                stored.quoteVolume().add(fold.quoteVolume()),
                stored.takerBuyVolume().add(fold.takerBuyVolume()),
                stored.takerBuyQuoteVolume().add(fold.takerBuyQuoteVolume()),
                stored.count() + fold.count(),
                isFirst ? trade.firstId() : stored.firstTradeId(),
                isLast ? trade.lastId() : stored.lastTradeId(),
                isFirst ? trade.time() : stored.firstTime(),
                isLast ? trade.time() : stored.lastTime(),
                isLast ? trade.id() : stored.lastId(),
                true);
    }

    private static boolean isBeforeFirst(Trade trade, Candle stored) {
        if (stored.firstTime() == Candle.NOT_TOLD || stored.firstTime() == trade.time()) {
            return trade.firstId() < stored.firstTradeId();
        }
        return trade.time() < stored.firstTime();
    }

    /** The trade whose price the candle's close is: its own last, or the carried one when flat. */
    static LastTrade lastOf(Candle candle) {
        return new LastTrade(candle.close(), candle.lastTime(), candle.lastId());
    }
}
