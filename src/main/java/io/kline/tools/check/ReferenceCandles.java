package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The candles that the trades of a symbol make in one interval.
 *
 * <p>A stored candle holds the trades that were there when the check began, and perhaps the first
 * ones of those that came until it was read.
 */
final class ReferenceCandles {

    private final OpenTimes times;
    private final SymbolTrades trades;
    private final Map<Long, Candle> folds = new HashMap<>();
    private final Map<Long, List<Trade>> newerByOpen = new HashMap<>();
    private final long earliestNewer;

    ReferenceCandles(OpenTimes times, SymbolTrades trades) {
        this.times = times;
        this.trades = trades;
        List<Trade> sure = trades.sure();
        int from = 0;
        while (from < sure.size()) {
            int to = end(times.closeOf(sure.get(from).time()), from);
            Candle candle = fold(sure.subList(from, to));
            folds.put(candle.openTime(), candle);
            from = to;
        }
        for (Trade trade : trades.newer()) {
            newerByOpen
                    .computeIfAbsent(times.openOf(trade.time()), open -> new ArrayList<>())
                    .add(trade);
        }
        earliestNewer = trades.newer().stream().mapToLong(Trade::time).min().orElse(Long.MAX_VALUE);
    }

    /** Index behind the last sure trade up to {@code time}, ms, searched from an index on. */
    private int end(long time, int from) {
        int low = from;
        int high = trades.sure().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (trades.sure().get(middle).time() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The right candle that is nearest to a stored one, or null before the first trade's. */
    Candle nearestTo(Candle stored) {
        long open = stored.openTime();
        Candle fold = folds.get(open);
        List<Trade> newer = newerByOpen.getOrDefault(open, List.of());
        long missing = stored.count() - (fold == null ? 0 : fold.count());
        if (newer.isEmpty() || missing <= 0) {
            return fold == null ? flatNearestTo(stored) : fold;
        }
        int from = end(open - 1, 0);
        List<Trade> inside =
                new ArrayList<>(trades.sure().subList(from, end(times.closeOf(open), from)));
        for (int i = 0; i < newer.size() && missing > 0; i++) {
            inside.add(newer.get(i));
            missing -= newer.get(i).count();
        }
        inside.sort(CountedTrades.ORDER);
        return fold(inside);
    }

    /** A flat candle that carries the last trade before it, as far as trades had come. */
    private Candle flatNearestTo(Candle stored) {
        int before = end(stored.openTime() - 1, 0);
        Trade sure = before == 0 ? null : trades.sure().get(before - 1);
        Trade basis = sure;
        for (Trade trade : trades.newer()) {
            if (isOf(basis, stored)) {
                break;
            }
            boolean isLater = basis == null || CountedTrades.ORDER.compare(trade, basis) > 0;
            if (trade.time() < stored.openTime() && isLater) {
                basis = trade;
            }
        }
        if (basis == null) {
            return null;
        }
        Trade nearest = isOf(basis, stored) || sure == null ? basis : sure;
        return flat(times, stored.openTime(), fold(List.of(nearest)));
    }

    private static boolean isOf(Trade basis, Candle flat) {
        return basis != null && basis.time() == flat.lastTime() && basis.id() == flat.lastId();
    }

    /** Whether a candle may have changed since the check began. */
    boolean mayMove(long open) {
        return earliestNewer <= times.closeOf(open);
    }

    private Candle fold(List<Trade> inside) {
        Trade first = inside.get(0);
        Trade last = inside.get(inside.size() - 1);
        BigDecimal high = first.price();
        BigDecimal low = first.price();
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        BigDecimal takerVolume = BigDecimal.ZERO;
        BigDecimal takerQuote = BigDecimal.ZERO;
        long count = 0;
        for (Trade trade : inside) {
            BigDecimal value = trade.price().multiply(trade.quantity());
            high = high.max(trade.price());
            low = low.min(trade.price());
            volume = volume.add(trade.quantity());
            quote = quote.add(value);
            if (!trade.buyerIsMaker()) {
                takerVolume = takerVolume.add(trade.quantity());
                takerQuote = takerQuote.add(value);
            }
            count += trade.count();
        }
        return new Candle(
                new CandleKey(first.symbol(), times.code(), times.openOf(first.time())),
                times.closeOf(first.time()),
                new Ohlcv(
                        new TradeRef(first.time(), first.firstId()),
                        new TradeRef(last.time(), last.lastId()),
                        first.price(),
                        high,
                        low,
                        last.price(),
                        volume,
                        quote,
                        takerVolume,
                        takerQuote,
                        count),
                true);
    }

    /** The candle without trades that follows {@code basis}. */
    static Candle flat(OpenTimes times, long open, Candle basis) {
        return new Candle(
                new CandleKey(basis.symbol(), times.code(), open),
                times.closeOf(open),
                Ohlcv.flat(basis.close(), new TradeRef(basis.lastTime(), basis.lastId())),
                true);
    }
}
