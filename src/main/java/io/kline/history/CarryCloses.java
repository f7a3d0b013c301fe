package io.kline.history;

import io.kline.history.Corrected.Stretch;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets the flat candles behind late trades carry their prices. Reads and writes by pages, since a
 * stretch of flat candles may be of any length.
 */
final class CarryCloses {

    /** Most stretches are short: the next traded candle is near. */
    private static final int FIRST_PAGE = 16;

    private static final int LAST_PAGE = 1_024;

    /** The longest stretch of flat candles that is remembered candle by candle. */
    private static final int SHORT = 64;

    private final IntervalsByCode intervals;

    CarryCloses(IntervalsByCode intervals) {
        this.intervals = intervals;
    }

    /**
     * A candle whose close is the price of a late trade.
     *
     * @param candle the candle, traded; of the trade alone if it is not stored
     * @param until the flat candles behind it open before this time, ms
     * @param fills whether they are made where they are not stored: not before an added interval
     *     begins, where nobody knows which trades there were
     */
    private record Close(Candle candle, long until, boolean fills) {

        /** The one of the later trade, or the same up to where both know it to be carried. */
        Close merge(Close other) {
            TradeRef own = candle.ohlcv().last();
            TradeRef others = other.candle.ohlcv().last();
            if (own.equals(others)) {
                return until < other.until ? this : other;
            }
            return own.isAfter(others) ? this : other;
        }
    }

    /**
     * Carries on the prices of those late trades that are the last of their candles, whoever has
     * applied them.
     *
     * @param candles the candles of the late trades as they are now
     */
    void behind(
            List<LateTrade> trades,
            Map<CandleKey, Candle> candles,
            CandleStore store,
            Corrected corrected)
            throws SQLException {
        TreeMap<CandleKey, Close> closes = closes(trades, candles);
        SortedSet<CandleKey> followers = new TreeSet<>();
        closes.keySet().forEach(key -> followers.add(intervals.follower(key)));
        SortedMap<CandleKey, Candle> next = store.read(followers);
        CandleBuffer buffer = new CandleBuffer(store);
        for (Close close : closes.values()) {
            if (close.fills && isFollowed(close, next)) {
                carry(close, store, buffer, corrected);
            }
        }
        buffer.flush();
        // Several may come to the same candles, over what is not stored. The newest one is first:
        // it ends the others.
        for (Close close : closes.descendingMap().values()) {
            if (!close.fills && isFollowed(close, next)) {
                carry(close, store, buffer, corrected);
                buffer.flush();
            }
        }
        corrected.written(buffer.written());
    }

    private boolean isFollowed(Close close, Map<CandleKey, Candle> next) {
        Candle follower = next.get(intervals.follower(close.candle.key()));
        return follower == null || CarryForward.follows(close.candle, follower);
    }

    /** The closes that nobody else carries on and that have a flat candle behind them. */
    private TreeMap<CandleKey, Close> closes(
            List<LateTrade> trades, Map<CandleKey, Candle> candles) {
        TreeMap<CandleKey, Close> closes = new TreeMap<>();
        for (LateTrade late : trades) {
            CandleKey key = late.candle();
            Candle candle = candles.get(key);
            // Before an added interval begins there may be none; its first flat ones follow.
            if (candle == null && !late.opens()) {
                long end = intervals.follower(key).openTime();
                candle = new Candle(key, end - 1, Ohlcv.of(late.trade()), true);
            }
            if (!late.carried()
                    && candle != null
                    && candle.ohlcv().last().equals(late.trade().ref())
                    && intervals.follower(key).openTime() < late.carriedUntil()) {
                // The events of one trade may know of different candles behind it. Each of these
                // ends the stretch.
                closes.merge(
                        key, new Close(candle, late.carriedUntil(), late.opens()), Close::merge);
            }
        }
        return closes;
    }

    private void carry(Close close, CandleStore store, CandleBuffer buffer, Corrected corrected)
            throws SQLException {
        CandleKey key = close.candle.key();
        Interval interval = intervals.of(key.interval());
        CarryForward forward =
                new CarryForward(close.candle, interval, close.until, close.fills, buffer);
        long first = forward.end();
        CandleKey from = key;
        int size = FIRST_PAGE;
        boolean reaches = true;
        while (reaches) {
            List<Candle> page = store.after(from, size);
            for (Candle stored : page) {
                reaches = reaches && forward.reaches(stored);
                from = stored.key();
            }
            if (reaches && page.size() < size) {
                forward.beyondLast();
                reaches = false;
            }
            size = Math.min(4 * size, LAST_PAGE);
        }
        Stretch flats = new Stretch(key.at(first), forward.end());
        if (!addOneByOne(flats, interval, corrected)) {
            corrected.carried(flats);
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
        corrected.carried(candles);
        return true;
    }
}
