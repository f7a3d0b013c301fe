package io.kline.demo.check;

import io.kline.model.Candle;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The candles that the trades of a symbol make in one interval. */
final class ExpectedCandles {

    private final OpenTimes times;
    private final NavigableMap<Long, Candle> traded = new TreeMap<>();

    /**
     * @param trades distinct, by (time, id)
     */
    ExpectedCandles(OpenTimes times, List<Trade> trades) {
        this.times = times;
        int from = 0;
        while (from < trades.size()) {
            long close = times.closeOf(trades.get(from).time());
            int to = from;
            while (to < trades.size() && trades.get(to).time() <= close) {
                to++;
            }
            Candle candle = fold(trades.subList(from, to));
            traded.put(candle.openTime(), candle);
            from = to;
        }
    }

    private Candle fold(List<Trade> trades) {
        Trade first = trades.get(0);
        Trade last = trades.get(trades.size() - 1);
        BigDecimal high = first.price();
        BigDecimal low = first.price();
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
            count += trade.count();
        }
        return new Candle(
                first.symbol(),
                times.code(),
                times.openOf(first.time()),
                times.closeOf(first.time()),
                first.price(),
                high,
                low,
                last.price(),
                volume,
                quote,
                takerVolume,
                takerQuote,
                count,
                first.firstId(),
                last.lastId(),
                last.time(),
                last.id(),
                true);
    }

    /** The candle that opens at {@code open}, or null before the first trade's. */
    Candle at(long open) {
        Map.Entry<Long, Candle> basis = traded.floorEntry(open);
        if (basis == null) {
            return null;
        }
        return basis.getKey() == open ? basis.getValue() : flat(times, open, basis.getValue());
    }

    /** The candle without trades that follows {@code basis}. */
    static Candle flat(OpenTimes times, long open, Candle basis) {
        BigDecimal price = basis.close();
        return new Candle(
                basis.symbol(),
                times.code(),
                open,
                times.closeOf(open),
                price,
                price,
                price,
                price,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0,
                -1,
                -1,
                basis.lastTime(),
                basis.lastId(),
                true);
    }
}
