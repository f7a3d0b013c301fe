package io.kline.testing;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The naive twin of the incremental fold: takes all trades, sorts them, folds each candle from
 * scratch and fills the gaps. It shares no code with what it checks but the values.
 */
public final class NaiveCandles {

    private NaiveCandles() {}

    /**
     * The candles of one symbol from its first trade's to the one that holds {@code end}.
     *
     * @param trades in any order, duplicates allowed
     * @param clock candles that end at or before it are closed, ms
     */
    public static List<Candle> of(
            Collection<Trade> trades, Interval interval, long end, long clock) {
        TreeMap<Long, Trade> distinct = new TreeMap<>();
        trades.forEach(trade -> distinct.put(trade.id(), trade));
        List<Trade> sorted = new ArrayList<>(distinct.values());
        sorted.sort(Comparator.comparingLong(Trade::time).thenComparingLong(Trade::id));
        List<Candle> candles = new ArrayList<>();
        int next = 0;
        Trade last = null;
        long open = interval.openOf(sorted.get(0).time());
        while (open <= end) {
            long close = interval.nextOpen(open) - 1;
            List<Trade> inside = new ArrayList<>();
            while (next < sorted.size() && sorted.get(next).time() <= close) {
                inside.add(sorted.get(next++));
            }
            last = inside.isEmpty() ? last : inside.get(inside.size() - 1);
            candles.add(candle(inside, last, interval, open, close, close < clock));
            open = close + 1;
        }
        return candles;
    }

    private static Candle candle(
            List<Trade> trades,
            Trade last,
            Interval interval,
            long open,
            long close,
            boolean closed) {
        BigDecimal high = last.price();
        BigDecimal low = last.price();
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        BigDecimal takerVolume = BigDecimal.ZERO;
        BigDecimal takerQuote = BigDecimal.ZERO;
        long count = 0;
        for (Trade trade : trades) {
            BigDecimal value = trade.price().multiply(trade.quantity());
            high = high.max(trade.price());
            low = low.min(trade.price());
            volume = volume.add(trade.quantity());
            quote = quote.add(value);
            if (!trade.buyerIsMaker()) {
                takerVolume = takerVolume.add(trade.quantity());
                takerQuote = takerQuote.add(value);
            }
            count += trade.lastId() - trade.firstId() + 1;
        }
        return plain(
                new Candle(
                        last.symbol(),
                        interval.code(),
                        open,
                        close,
                        trades.isEmpty() ? last.price() : trades.get(0).price(),
                        high,
                        low,
                        last.price(),
                        volume,
                        quote,
                        takerVolume,
                        takerQuote,
                        count,
                        trades.isEmpty() ? -1 : trades.get(0).firstId(),
                        trades.isEmpty() ? -1 : last.lastId(),
                        last.time(),
                        last.id(),
                        closed));
    }

    /** The same candle with decimals in one form, so that equal values are equal. */
    public static Candle plain(Candle candle) {
        return new Candle(
                candle.symbol(),
                candle.interval(),
                candle.openTime(),
                candle.closeTime(),
                plain(candle.open()),
                plain(candle.high()),
                plain(candle.low()),
                plain(candle.close()),
                plain(candle.volume()),
                plain(candle.quoteVolume()),
                plain(candle.takerBuyVolume()),
                plain(candle.takerBuyQuoteVolume()),
                candle.count(),
                candle.firstTradeId(),
                candle.lastTradeId(),
                candle.lastTime(),
                candle.lastId(),
                candle.closed());
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.stripTrailingZeros();
    }
}
