package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The candles of a symbol that an earlier run has left in a store, for a start without state.
 *
 * @param symbol whose candles
 * @param candles the newest ones of each interval, oldest first within an interval, the latest
 *     included
 */
public record TakeOver(String symbol, List<Candle> candles) {

    public TakeOver {
        candles = List.copyOf(candles);
    }

    /** Whether the earlier run has left nothing. */
    public boolean isEmpty() {
        return candles.isEmpty();
    }

    /**
     * The symbol as it goes on from the latest candle of each interval; what is older is corrected
     * elsewhere, of which the counts are known. The others are issued, closed: the earlier run may
     * have ended before all stores had them. Ids grow per symbol: what is not after the last trade
     * of a candle is in it. Those of some intervals may be further than others, which are refreshed
     * less often.
     *
     * @throws IllegalStateException if the candles were made with another zone offset
     */
    public SymbolCandles resume(Rules rules, CandleOutput out) {
        long newest = candles.stream().mapToLong(Candle::lastTime).max().orElse(0);
        Map<Interval, Candle> latest = new LinkedHashMap<>();
        Map<Interval, List<Candle>> older = new HashMap<>();
        for (Interval interval : rules.intervals()) {
            List<Candle> own = candlesOf(interval);
            if (own.isEmpty()) {
                continue;
            }
            Candle last = own.remove(own.size() - 1);
            own.forEach(candle -> out.candle(candle.asClosed()));
            older.put(interval, own);
            // If it ends before, it was not an interval of the earlier run, or not to its end:
            // flat candles would fill what others have traded.
            if (last.closeTime() >= newest) {
                latest.put(interval, last);
            }
        }
        long reached = latest.values().stream().mapToLong(TakeOver::reached).max().orElse(0);
        long everywhere = latest.values().stream().mapToLong(Candle::lastId).min().orElse(-1);
        Ohlcv last =
                latest.values().stream()
                        .map(candle -> candle.ohlcv().carried())
                        .reduce(Ohlcv::plus)
                        .orElse(null);
        List<Series> series = new ArrayList<>(rules.intervals().size());
        for (Interval interval : rules.intervals()) {
            Candle one = latest.get(interval);
            if (one != null && one.closeTime() < reached) {
                out.candle(one.asClosed());
            }
            series.add(
                    one == null
                            ? Series.addedTo(interval, last, Math.max(reached, newest))
                            : Series.after(
                                    interval,
                                    one,
                                    older.get(interval),
                                    ahead(one.lastId(), everywhere)));
        }
        return new SymbolCandles(
                symbol,
                SeenExecutions.upTo(latest.isEmpty() ? lastId() : everywhere, newest),
                new PendingTrades(),
                series,
                Lateness.mark(newest, rules),
                reached);
    }

    private long lastId() {
        return candles.stream().mapToLong(Candle::lastId).max().orElse(-1);
    }

    private static long ahead(long id, long everywhere) {
        return id > everywhere ? id : -1;
    }

    private List<Candle> candlesOf(Interval interval) {
        List<Candle> own = new ArrayList<>();
        for (Candle candle : candles) {
            if (candle.interval().equals(interval.code())) {
                requireAligned(candle, interval);
                own.add(candle);
            }
        }
        return own;
    }

    private static void requireAligned(Candle stored, Interval interval) {
        long open = interval.openOf(stored.openTime());
        if (open != stored.openTime() || interval.nextOpen(open) - 1 != stored.closeTime()) {
            throw new IllegalStateException(
                    "kline.zone-offset is "
                            + interval.offset()
                            + ", but the stored candle "
                            + stored.symbol()
                            + " "
                            + stored.interval()
                            + " "
                            + stored.openTime()
                            + " was made with another one; to change it, start on empty stores");
        }
    }

    /** How far time had come in the earlier run, ms. */
    private static long reached(Candle latest) {
        return latest.closed() ? latest.closeTime() + 1 : latest.openTime();
    }
}
