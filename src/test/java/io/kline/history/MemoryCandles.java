package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.store.mysql.CorrectionLedger.Entry;
import io.kline.store.mysql.RestatedLog.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The two tables as they should behave. */
final class MemoryCandles implements CandleStore {

    final TreeMap<CandleKey, Candle> rows = new TreeMap<>();
    final Map<Entry, Long> ledger = new HashMap<>();
    final List<Change> changes = new ArrayList<>();

    @Override
    public SortedMap<CandleKey, Candle> lock(SortedSet<CandleKey> keys) {
        return read(keys);
    }

    @Override
    public SortedMap<CandleKey, Candle> read(SortedSet<CandleKey> keys) {
        TreeMap<CandleKey, Candle> found = new TreeMap<>();
        for (CandleKey key : keys) {
            if (rows.containsKey(key)) {
                found.put(key, rows.get(key));
            }
        }
        return found;
    }

    @Override
    public List<Candle> after(CandleKey key, int most) {
        return rows.tailMap(key, false).values().stream()
                .filter(row -> row.key().at(0).equals(key.at(0)))
                .limit(most)
                .toList();
    }

    @Override
    public void write(List<Candle> candles) {
        for (Candle candle : candles) {
            rows.merge(
                    candle.key(),
                    candle,
                    (old, now) -> now.version().compareTo(old.version()) >= 0 ? now : old);
        }
    }

    @Override
    public void log(List<Change> some) {
        changes.addAll(some);
    }

    @Override
    public Set<Entry> applied(SortedSet<Entry> entries) {
        Set<Entry> applied = new HashSet<>(entries);
        applied.retainAll(ledger.keySet());
        return applied;
    }

    @Override
    public SortedMap<CandleKey, Long> corrected(SortedSet<CandleKey> keys) {
        TreeMap<CandleKey, Long> sums = new TreeMap<>();
        ledger.forEach(
                (entry, executions) -> {
                    if (keys.contains(entry.candle())) {
                        sums.merge(entry.candle(), executions, Long::sum);
                    }
                });
        return sums;
    }

    @Override
    public void record(List<LateTrade> trades) {
        for (LateTrade late : trades) {
            if (ledger.put(Entry.of(late), late.trade().count()) != null) {
                throw new AssertionError("twice in the ledger: " + late);
            }
        }
    }

    /** The candles of a symbol and interval, oldest first. */
    List<Candle> of(String symbol, String interval) {
        return new ArrayList<>(after(new CandleKey(symbol, interval, Long.MIN_VALUE), 1 << 30));
    }
}
