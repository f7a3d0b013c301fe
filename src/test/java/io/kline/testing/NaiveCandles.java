package io.kline.testing;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The naive twin of the incremental fold: takes all trades, sorts them, folds each candle from
 * scratch and fills the gaps. It shares no code with what it checks but the values.
 */
public final class NaiveCandles {

    private NaiveCandles() {}

    /** Carried for ever. */
    public static final long FOREVER = Long.MAX_VALUE / 4;

    /**
     * The candles of one symbol from its first trade's to the one that holds {@code end}.
     *
     * @param trades in any order, duplicates allowed
     * @param clock candles that end at or before it are closed, ms
     */
    public static List<Candle> of(
            Collection<Trade> trades, Interval interval, long end, long clock) {
        return of(trades, interval, FOREVER, end, clock);
    }

    /**
     * The same, where a symbol rests.
     *
     * @param carryFor a flat candle opens before the last trade's time and this, ms
     */
    public static List<Candle> of(
            Collection<Trade> trades, Interval interval, long carryFor, long end, long clock) {
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
            if (!inside.isEmpty() || open < last.time() + carryFor) {
                last = inside.isEmpty() ? last : inside.get(inside.size() - 1);
                candles.add(candle(inside, last, interval, open, close, close < clock));
                open = close + 1;
            } else if (next < sorted.size()) {
                open = interval.openOf(sorted.get(next).time());
            } else {
                break;
            }
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
        List<Trade> takerBuys = trades.stream().filter(trade -> !trade.buyerIsMaker()).toList();
        List<BigDecimal> prices = trades.stream().map(Trade::price).toList();
        Trade first = trades.isEmpty() ? null : trades.get(0);
        Ohlcv ohlcv =
                new Ohlcv(
                        first == null ? TradeRef.NONE : new TradeRef(first.time(), first.firstId()),
                        new TradeRef(last.time(), last.lastId()),
                        first == null ? last.price() : first.price(),
                        first == null ? last.price() : Collections.max(prices),
                        first == null ? last.price() : Collections.min(prices),
                        last.price(),
                        sum(trades, Trade::quantity),
                        sum(trades, NaiveCandles::value),
                        sum(takerBuys, Trade::quantity),
                        sum(takerBuys, NaiveCandles::value),
                        trades.stream().mapToLong(one -> one.lastId() - one.firstId() + 1).sum());
        CandleKey key = new CandleKey(last.symbol(), interval.code(), open);
        return plain(new Candle(key, close, ohlcv, closed));
    }

    private static BigDecimal value(Trade trade) {
        return trade.price().multiply(trade.quantity());
    }

    private static BigDecimal sum(List<Trade> trades, Function<Trade, BigDecimal> property) {
        return trades.stream().map(property).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The same candle with decimals in one form, so that equal values are equal, and without the
     * first trade's time, which not every store has.
     */
    public static Candle plain(Candle candle) {
        Ohlcv ohlcv = candle.ohlcv();
        return candle.with(
                new Ohlcv(
                        new TradeRef(TradeRef.UNKNOWN, ohlcv.first().id()),
                        ohlcv.last(),
                        plain(ohlcv.open()),
                        plain(ohlcv.high()),
                        plain(ohlcv.low()),
                        plain(ohlcv.close()),
                        plain(ohlcv.volume()),
                        plain(ohlcv.quoteVolume()),
                        plain(ohlcv.takerBuyVolume()),
                        plain(ohlcv.takerBuyQuoteVolume()),
                        ohlcv.count()));
    }

    private static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
