package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.store.mysql.CorrectionLedger.Entry;
import io.kline.store.mysql.RestatedLog.Change;
import io.kline.store.mysql.RestatedLog.Reason;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Applies late trades to stored candles: each once, whatever is repeated, and in any order. The
 * flat candles behind a new close follow it, unless the live job sees to that.
 *
 * <p>A trade that the ledger has is not folded again, but its flat candles are looked at again and
 * the candle counts as changed: the topic may not have got it.
 */
final class CorrectCandles {

    private final IntervalsByCode intervals;
    private final CarryCloses carryCloses;

    /**
     * @param offset the zone that candles are aligned in
     */
    CorrectCandles(ZoneOffset offset) {
        intervals = new IntervalsByCode(offset);
        carryCloses = new CarryCloses(intervals);
    }

    /** Applies the trades within the store's transaction. */
    Corrected apply(List<LateTrade> trades, CandleStore store) throws SQLException {
        SortedSet<CandleKey> keys = new TreeSet<>();
        SortedSet<Entry> entries = new TreeSet<>();
        for (LateTrade late : trades) {
            keys.add(late.candle());
            entries.add(Entry.of(late));
        }
        SortedMap<CandleKey, Candle> candles = store.lock(keys);
        Map<CandleKey, Candle> before = new HashMap<>(candles);
        Set<Entry> known = store.applied(entries);
        Map<CandleKey, Dispute> disputes =
                Dispute.among(
                        trades.stream().filter(late -> !known.contains(Entry.of(late))).toList(),
                        candles,
                        store);
        Corrected corrected = new Corrected();
        List<LateTrade> added = new ArrayList<>();
        SortedSet<CandleKey> changed = new TreeSet<>();
        for (LateTrade late : trades) {
            CandleKey key = late.candle();
            if (known.contains(Entry.of(late))) {
                corrected.alreadyApplied(key);
            } else if (!late.opens() && !candles.containsKey(key)) {
                corrected.foundNoCandle();
            } else if (disputes.containsKey(key)) {
                corrected.disputed(disputes.get(key));
            } else {
                known.add(Entry.of(late));
                candles.put(key, fold(candles.get(key), late));
                added.add(late);
                changed.add(key);
                corrected.applied(key);
            }
        }
        store.record(added);
        store.write(changed.stream().map(candles::get).toList());
        store.log(
                changed.stream()
                        .map(
                                key ->
                                        new Change(
                                                Reason.LATE_TRADE,
                                                key,
                                                before.get(key),
                                                candles.get(key)))
                        .filter(Change::isReal)
                        .toList());
        carryCloses.behind(trades, candles, store, corrected);
        return corrected;
    }

    private Candle fold(Candle stored, LateTrade late) {
        Ohlcv content = Ohlcv.of(late.trade());
        if (stored != null) {
            return stored.with(stored.ohlcv().plus(content)).asClosed();
        }
        long end = intervals.of(late.interval()).nextOpen(late.openTime());
        return new Candle(late.candle(), end - 1, content, true);
    }
}
