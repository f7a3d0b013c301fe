package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.redis.ChangedCandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Candles that have to be written: one version, the highest seen, per symbol, interval and open
 * time; the newest of each symbol and interval only, as Redis would not keep more.
 *
 * <p>A certain number are kept as objects: those that are written, or replaced, in a moment. All
 * others are bytes, and take a fifth of that.
 */
final class PendingCandles {

    /** What adding a candle did. */
    enum Added {
        /** It is one more. */
        NEW,
        /** There was one of the same open time: the higher version is kept. */
        COALESCED,
        /** The oldest of the symbol and interval, perhaps this one, was dropped. */
        TRIMMED
    }

    private final int perInterval;
    private final int mostLoose;
    private final Map<String, Map<String, WaitingSeries>> symbols = new LinkedHashMap<>();

    /** Those of them that have a forming candle with trades, and were taken before. */
    private final Set<String> traded = new LinkedHashSet<>();

    /** The same, but for the first time. */
    private final Set<String> newlyTraded = new LinkedHashSet<>();

    /** Every symbol that was ever taken. */
    private final Set<String> known = new HashSet<>();

    private int size;
    private int loose;
    private long bytes;

    /**
     * @param perInterval how many candles of one symbol and interval are kept, at least 1
     * @param mostLoose how many candles are kept as objects, which saves the conversion
     */
    PendingCandles(int perInterval, int mostLoose) {
        this.perInterval = perInterval;
        this.mostLoose = mostLoose;
    }

    Added add(Candle candle) {
        WaitingSeries series = series(candle.symbol(), candle.interval());
        boolean compact = loose >= mostLoose;
        account(series, -1);
        Added added = series.add(candle, compact);
        if (candle.count() > 0 && !candle.closed()) {
            addTraded(candle.symbol());
        }
        account(series, 1);
        return added;
    }

    /** Takes everything over from another one. */
    void addAll(PendingCandles other) {
        List.copyOf(other.symbols.keySet()).forEach(symbol -> addAll(symbol, other));
    }

    /** Takes over what another one has of a symbol. */
    void addAll(String symbol, PendingCandles other) {
        Map<String, WaitingSeries> moved = other.symbols.remove(symbol);
        if (moved == null) {
            return;
        }
        if (other.removeTraded(symbol)) {
            addTraded(symbol);
        }
        moved.values().forEach(series -> other.account(series, -1));
        Map<String, WaitingSeries> own = symbols.putIfAbsent(symbol, moved);
        if (own == null) {
            moved.values().forEach(series -> account(series, 1));
        } else {
            moved.forEach((interval, series) -> addAll(own, interval, series));
        }
    }

    private void addAll(
            Map<String, WaitingSeries> intervals, String interval, WaitingSeries moved) {
        WaitingSeries own = intervals.putIfAbsent(interval, moved);
        if (own == null) {
            account(moved, 1);
        } else {
            account(own, -1);
            own.addAll(moved);
            account(own, 1);
        }
    }

    /**
     * Removes candles to be written next, the oldest of each interval first. Symbols that have
     * traded go before those that only come over a boundary, which at midnight are all there are;
     * of these, those that were taken before go first, while others are being listed. But a quarter
     * of the room is for whichever waits longest, so none is passed over for ever. What remains of
     * a symbol waits behind the others of its kind. A symbol is not begun where there is no room
     * for all that may be taken of it: its intervals change together.
     *
     * @param most how many in all
     * @param mostPerSymbol how many of one symbol, so that no call of the script blocks Redis long
     */
    List<ChangedCandles> take(int most, int mostPerSymbol) {
        Taking taking = new Taking(mostPerSymbol);
        int reserved = most / 4;
        int left = taking.some(traded, most - reserved);
        left = taking.some(newlyTraded, left);
        taking.some(symbols.keySet(), left + reserved);
        taking.finish();
        return taking.taken;
    }

    /** One time of taking: no symbol comes twice. */
    private final class Taking {

        private final List<ChangedCandles> taken = new ArrayList<>();
        private final Map<String, Map<String, WaitingSeries>> remaining = new LinkedHashMap<>();
        private final Set<String> remainingTraded = new LinkedHashSet<>();
        private final int mostPerSymbol;

        Taking(int mostPerSymbol) {
            this.mostPerSymbol = mostPerSymbol;
        }

        /** Takes of these symbols in their order as long as there is room; returns what is left. */
        int some(Set<String> order, int most) {
            int room = most;
            while (!order.isEmpty() && room > 0) {
                String symbol = order.iterator().next();
                Map<String, WaitingSeries> intervals = symbols.get(symbol);
                if (Math.min(count(intervals), mostPerSymbol) > room && !taken.isEmpty()) {
                    break;
                }
                symbols.remove(symbol);
                known.add(symbol);
                boolean hasTraded = removeTraded(symbol);
                List<Candle> candles = poll(intervals, Math.min(room, mostPerSymbol));
                if (!intervals.isEmpty()) {
                    remaining.put(symbol, intervals);
                    if (hasTraded) {
                        remainingTraded.add(symbol);
                    }
                }
                taken.add(new ChangedCandles(symbol, candles));
                room -= candles.size();
            }
            return room;
        }

        /** What remains of the symbols waits behind the others. */
        void finish() {
            symbols.putAll(remaining);
            traded.addAll(remainingTraded);
        }
    }

    /** Everything, for the state: an element per symbol. From here on all of it is bytes. */
    List<UnwrittenCandles> snapshot() {
        List<UnwrittenCandles> all = new ArrayList<>(symbols.size());
        symbols.forEach(
                (symbol, intervals) -> {
                    intervals.values().forEach(series -> account(series, -1));
                    all.add(UnwrittenCandles.of(symbol, intervals.values()));
                    intervals.values().forEach(series -> account(series, 1));
                });
        return all;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What it takes in memory, bytes, estimated. */
    long bytes() {
        return bytes;
    }

    private void addTraded(String symbol) {
        (known.contains(symbol) ? traded : newlyTraded).add(symbol);
    }

    private boolean removeTraded(String symbol) {
        return traded.remove(symbol) || newlyTraded.remove(symbol);
    }

    private WaitingSeries series(String symbol, String interval) {
        Map<String, WaitingSeries> intervals =
                symbols.computeIfAbsent(symbol, any -> new HashMap<>());
        WaitingSeries series = intervals.get(interval);
        if (series == null) {
            series = new WaitingSeries(symbol, interval, perInterval);
            intervals.put(interval, series);
            account(series, 1);
        }
        return series;
    }

    private List<Candle> poll(Map<String, WaitingSeries> intervals, int most) {
        List<Candle> candles = new ArrayList<>();
        var each = intervals.values().iterator();
        while (each.hasNext() && candles.size() < most) {
            WaitingSeries series = each.next();
            account(series, -1);
            while (!series.isEmpty() && candles.size() < most) {
                candles.add(series.pollOldest());
            }
            if (series.isEmpty()) {
                each.remove();
            } else {
                account(series, 1);
            }
        }
        return candles;
    }

    /** Adds what a series holds to the sums, or takes it off them: around every change of it. */
    private void account(WaitingSeries series, int sign) {
        size += sign * series.size();
        loose += sign * series.loose();
        bytes += sign * series.bytes();
    }

    private static int count(Map<String, WaitingSeries> intervals) {
        int count = 0;
        for (WaitingSeries series : intervals.values()) {
            count += series.size();
        }
        return count;
    }
}
