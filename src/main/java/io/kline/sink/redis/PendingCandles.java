package io.kline.sink.redis;

import io.kline.model.Candle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Candles that have to be written: one version, the highest seen, per symbol, interval and open
 * time; the newest of each symbol and interval only, as Redis would not keep more.
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
    private final Map<String, Map<String, NavigableMap<Long, Candle>>> symbols =
            new LinkedHashMap<>();
    private int size;

    /**
     * @param perInterval how many candles of one symbol and interval are kept, at least 1
     */
    PendingCandles(int perInterval) {
        this.perInterval = perInterval;
    }

    Added add(Candle candle) {
        NavigableMap<Long, Candle> candles =
                symbols.computeIfAbsent(candle.symbol(), any -> new HashMap<>())
                        .computeIfAbsent(candle.interval(), any -> new TreeMap<>());
        Candle other = candles.get(candle.openTime());
        if (other != null) {
            if (candle.version().compareTo(other.version()) >= 0) {
                candles.put(candle.openTime(), candle);
            }
            return Added.COALESCED;
        }
        candles.put(candle.openTime(), candle);
        if (candles.size() > perInterval) {
            candles.pollFirstEntry();
            return Added.TRIMMED;
        }
        size++;
        return Added.NEW;
    }

    /**
     * Removes candles to be written next, those of the symbol that waits longest first, the oldest
     * of each interval first. What remains of a symbol waits behind the others. A symbol is not
     * begun where there is no room for all that may be taken of it: its intervals change together.
     *
     * @param most how many in all
     * @param mostPerSymbol how many of one symbol, so that no call of the script blocks Redis long
     */
    List<ChangedCandles> take(int most, int mostPerSymbol) {
        List<ChangedCandles> taken = new ArrayList<>();
        int room = most;
        for (int waiting = symbols.size(); waiting > 0 && room > 0; waiting--) {
            String symbol = symbols.keySet().iterator().next();
            Map<String, NavigableMap<Long, Candle>> intervals = symbols.get(symbol);
            if (Math.min(count(intervals), mostPerSymbol) > room && !taken.isEmpty()) {
                break;
            }
            symbols.remove(symbol);
            List<Candle> candles = poll(intervals, Math.min(room, mostPerSymbol));
            if (!intervals.isEmpty()) {
                symbols.put(symbol, intervals);
            }
            taken.add(new ChangedCandles(symbol, candles));
            room -= candles.size();
        }
        size -= most - room;
        return taken;
    }

    /** Shows every candle, in no order. */
    void forEach(Consumer<Candle> action) {
        symbols.values().forEach(i -> i.values().forEach(c -> c.values().forEach(action)));
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        symbols.clear();
        size = 0;
    }

    private static int count(Map<String, NavigableMap<Long, Candle>> intervals) {
        return intervals.values().stream().mapToInt(Map::size).sum();
    }

    private static List<Candle> poll(Map<String, NavigableMap<Long, Candle>> intervals, int most) {
        List<Candle> candles = new ArrayList<>();
        var each = intervals.values().iterator();
        while (each.hasNext() && candles.size() < most) {
            NavigableMap<Long, Candle> waiting = each.next();
            while (!waiting.isEmpty() && candles.size() < most) {
                candles.add(waiting.pollFirstEntry().getValue());
            }
            if (waiting.isEmpty()) {
                each.remove();
            }
        }
        return candles;
    }
}
