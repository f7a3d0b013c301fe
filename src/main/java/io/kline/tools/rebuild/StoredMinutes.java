package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.tools.replay.TimeText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The minutes of a symbol as the table has them, for candles of another interval. A candle whose
 * minutes are not all there is refused.
 */
final class StoredMinutes implements Minutes {

    private static final String CODE = "1m";

    private final Tables tables;
    private final String symbol;
    private final long carryFor;
    private final boolean isFirstOfAll;
    private NavigableMap<Long, Candle> rows = new TreeMap<>();
    private NavigableMap<Long, Ohlcv> traded = new TreeMap<>();
    private NavigableMap<Long, List<Trade>> ledger = new TreeMap<>();
    private Ohlcv before;

    /**
     * @param intervals all that may be stored: a candle of theirs may know of older trades
     * @param carryFor {@code kline.carry-for}, ms
     */
    StoredMinutes(Tables tables, String symbol, List<Interval> intervals, long carryFor)
            throws SQLException {
        this.tables = tables;
        this.symbol = symbol;
        this.carryFor = carryFor;
        Optional<Candle> first = tables.oldest(symbol, CODE);
        boolean isOldest = first.isPresent() && !first.get().isFlat();
        for (Interval interval : intervals) {
            Optional<Candle> other = tables.oldest(symbol, interval.code());
            isOldest = isOldest && (other.isEmpty() || !knowsOlder(other.get(), first.get()));
        }
        isFirstOfAll = isOldest;
    }

    private static boolean knowsOlder(Candle other, Candle minute) {
        TradeRef known = other.isFlat() ? other.ohlcv().last() : other.ohlcv().first();
        return minute.ohlcv().first().isAfter(known);
    }

    @Override
    public void readOn(long from, long to, boolean isLocked) throws SQLException {
        // Locked, so that no late trade comes into a minute before the larger candle is written.
        // The ledger as well: without a lock it would be that of the transaction's first read, and
        // lack what the minutes have got since.
        rows = tables.candles(symbol, CODE, from, to, isLocked);
        ledger = tables.ledger(symbol, CODE, from, to, isLocked);
        List<Candle> last = tables.newest(symbol, CODE, from, 1);
        before = last.isEmpty() ? null : last.get(0).ohlcv().carried();
        traded = new TreeMap<>();
        rows.values().stream()
                .filter(row -> !row.isFlat())
                .forEach(row -> traded.put(row.openTime(), row.ohlcv()));
    }

    @Override
    public NavigableMap<Long, Ohlcv> traded() {
        return traded;
    }

    @Override
    public Ohlcv before() {
        return before;
    }

    @Override
    public boolean isKnownBefore(long time) {
        return before != null || traded.lowerKey(time) != null;
    }

    @Override
    public long nextTraded(long from) throws SQLException {
        Long next = traded.ceilingKey(from);
        return next == null ? tables.firstTraded(symbol, CODE, from) : next;
    }

    @Override
    public List<Trade> late(long open, long end) {
        List<Trade> late = new ArrayList<>();
        ledger.subMap(open, end).values().forEach(late::addAll);
        return late;
    }

    @Override
    public boolean has(Trade corrected) {
        return ledger
                .getOrDefault(
                        Math.floorDiv(corrected.time(), TimeRange.MINUTE) * TimeRange.MINUTE,
                        List.of())
                .stream()
                .anyMatch(one -> one.id() == corrected.id());
    }

    /**
     * A minute may be missing only where the symbol rested, or before its first trade. That the
     * first stored minute is the first of all is believed if no other candle knows of older trades.
     */
    @Override
    public Optional<String> refusal(long open, long end, List<Candle> stored) {
        Ohlcv last = before;
        NavigableMap<Long, Ohlcv> earlier = traded.headMap(open, false);
        if (!earlier.isEmpty()) {
            last = earlier.lastEntry().getValue().carried();
        }
        for (long minute = open; minute < end; minute += TimeRange.MINUTE) {
            Candle row = rows.get(minute);
            if (row == null && !mayBeMissing(minute, last)) {
                return Optional.of("its minute " + TimeText.of(minute) + " is not stored");
            }
            if (row != null && !row.closed()) {
                return Optional.of("its minute " + TimeText.of(minute) + " is not closed");
            }
            if (row != null) {
                last = row.ohlcv().carried();
            }
        }
        return Optional.empty();
    }

    private boolean mayBeMissing(long minute, Ohlcv last) {
        return last == null ? isFirstOfAll : minute >= last.last().time() + carryFor;
    }
}
