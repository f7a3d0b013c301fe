package io.kline.late;

import io.kline.late.Corrected.Stretch;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.sink.mysql.CorrectionLedger.Entry;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies late trades to stored candles: each once, whatever is repeated, and in any order. The
 * flat candles behind a new close follow it, unless the live job sees to that.
 *
 * <p>A trade that the ledger has is not folded again, but its flat candles are looked at again and
 * the candle counts as changed: whoever was to be told may not have been.
 */
final class CorrectCandles {

    private static final int FIRST_PAGE = 16;
    private static final int LAST_PAGE = 1_024;

    /** The longest stretch of flat candles that is remembered candle by candle. */
    private static final int SHORT = 64;

    private final ZoneOffset offset;
    private final Map<String, Interval> intervals = new HashMap<>();

    /**
     * @param offset the zone that candles are aligned in
     */
    CorrectCandles(ZoneOffset offset) {
        this.offset = offset;
    }

    /** Applies the trades within the store's transaction. */
    Corrected apply(List<LateTrade> trades, CandleStore store) throws SQLException {
        SortedSet<CandleKey> keys = new TreeSet<>();
        SortedSet<Entry> entries = new TreeSet<>();
        for (LateTrade late : trades) {
            keys.add(CandleKey.of(late));
            entries.add(Entry.of(late));
        }
        SortedMap<CandleKey, Candle> candles = store.lock(keys);
        Set<Entry> known = store.applied(entries);
        Corrected corrected = new Corrected();
        List<LateTrade> added = new ArrayList<>();
        SortedSet<CandleKey> changed = new TreeSet<>();
        for (LateTrade late : trades) {
            CandleKey key = CandleKey.of(late);
            if (known.add(Entry.of(late))) {
                candles.put(key, fold(candles.get(key), late));
                added.add(late);
                changed.add(key);
                corrected.applied(key);
            } else {
                corrected.alreadyApplied(key);
            }
        }
        store.record(added);
        store.write(changed.stream().map(candles::get).toList());
        ripple(newCloses(trades, candles), store, corrected);
        return corrected;
    }

    private Candle fold(Candle stored, LateTrade late) {
        if (stored != null) {
            return Correction.fold(stored, late.trade());
        }
        long closeTime = interval(late.interval()).nextOpen(late.openTime()) - 1;
        return Correction.first(CandleKey.of(late), closeTime, late.trade());
    }

    /** The candles whose close is the price of a trade that nobody carries on yet. */
    private static SortedMap<CandleKey, Candle> newCloses(
            List<LateTrade> trades, SortedMap<CandleKey, Candle> candles) {
        SortedMap<CandleKey, Candle> closes = new TreeMap<>();
        for (LateTrade late : trades) {
            Candle candle = candles.get(CandleKey.of(late));
            if (!late.carried()
                    && candle != null
                    && candle.lastTime() == late.trade().time()
                    && candle.lastId() == late.trade().id()) {
                closes.put(CandleKey.of(late), candle);
            }
        }
        return closes;
    }

    private void ripple(SortedMap<CandleKey, Candle> closes, CandleStore store, Corrected corrected)
            throws SQLException {
        SortedSet<CandleKey> followers = new TreeSet<>();
        closes.keySet().forEach(key -> followers.add(follower(key)));
        SortedMap<CandleKey, Candle> next = store.read(followers);
        CandleBuffer buffer = new CandleBuffer(store);
        for (Map.Entry<CandleKey, Candle> close : closes.entrySet()) {
            Candle follower = next.get(follower(close.getKey()));
            if (follower == null || Ripple.follows(close.getValue(), follower)) {
                ripple(close.getValue(), store, buffer, corrected);
            }
        }
        buffer.flush();
        corrected.written(buffer.written());
    }

    private void ripple(Candle basis, CandleStore store, CandleBuffer buffer, Corrected corrected)
            throws SQLException {
        CandleKey key = CandleKey.of(basis);
        Ripple ripple = new Ripple(basis, interval(basis.interval()), buffer);
        long first = ripple.end();
        CandleKey from = key;
        int size = FIRST_PAGE;
        boolean reaches = true;
        while (reaches) {
            List<Candle> page = store.after(from, size);
            for (Candle stored : page) {
                reaches = reaches && ripple.reaches(stored);
                from = CandleKey.of(stored);
            }
            reaches &= page.size() == size;
            size = Math.min(4 * size, LAST_PAGE);
        }
        Stretch flats = new Stretch(key.at(first), ripple.end());
        if (!addOneByOne(flats, interval(key.interval()), corrected)) {
            corrected.rippled(flats);
        }
    }

    /** Adds a short stretch as the candles that it is, so that many of them are read at once. */
    private static boolean addOneByOne(Stretch flats, Interval interval, Corrected corrected) {
        List<CandleKey> candles = new ArrayList<>();
        CandleKey next = flats.first();
        while (next.openTime() < flats.end()) {
            if (candles.size() == SHORT) {
                return false;
            }
            candles.add(next);
            next = next.at(interval.nextOpen(next.openTime()));
        }
        corrected.rippled(candles);
        return true;
    }

    private CandleKey follower(CandleKey key) {
        return key.at(interval(key.interval()).nextOpen(key.openTime()));
    }

    private Interval interval(String code) {
        return intervals.computeIfAbsent(code, any -> Interval.parse(code, offset));
    }
}
