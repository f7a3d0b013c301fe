package io.kline.fold;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The candles of one symbol and one interval, from the oldest that can still change to the current
 * one.
 *
 * <p>Remembers the folds of candles that had trades; a flat candle is derived from the last trade
 * before it, so it needs no memory and follows every correction. Candles that can no longer change
 * are reduced to their last trade.
 */
public final class Series {

    /** The value of {@link #current()} before the first candle. */
    public static final long NONE = Long.MIN_VALUE;

    private final Interval interval;
    private final NavigableMap<Long, Fold> traded;
    private LastTrade before;
    private long current;
    private final long oldest;

    /** A series without candles. */
    public Series(Interval interval) {
        this(interval, new TreeMap<>(), null, NONE, NONE);
    }

    /**
     * A series as it was.
     *
     * @param traded the remembered folds by open time, ms
     * @param before the last trade older than all of {@code traded}, or null
     * @param current open time of the newest candle, ms, or {@link #NONE}
     * @param oldest candles that open before it are not known here, ms, or {@link #NONE}
     */
    public Series(
            Interval interval,
            NavigableMap<Long, Fold> traded,
            LastTrade before,
            long current,
            long oldest) {
        this.interval = interval;
        this.traded = traded;
        this.before = before;
        this.current = current;
        this.oldest = oldest;
    }

    /** A series that goes on from the latest candle of an earlier one. */
    static Series after(Interval interval, Candle latest) {
        NavigableMap<Long, Fold> traded = new TreeMap<>();
        LastTrade before;
        if (latest.isFlat()) {
            before = new LastTrade(latest.close(), latest.lastTime(), latest.lastId());
        } else {
            traded.put(latest.openTime(), Fold.of(latest));
            // What came before is not known, but nothing older than this candle is carried into it.
            before = new LastTrade(latest.open(), latest.openTime() - 1, Long.MAX_VALUE);
        }
        return new Series(interval, traded, before, latest.openTime(), latest.openTime());
    }

    public Interval interval() {
        return interval;
    }

    /** The remembered folds by open time, ms. */
    public NavigableMap<Long, Fold> traded() {
        return traded;
    }

    /** The last trade older than all of {@link #traded()}, or null. */
    public LastTrade before() {
        return before;
    }

    /** Open time of the newest candle, ms, or {@link #NONE}. */
    public long current() {
        return current;
    }

    /** Candles that open before it are not known here, ms, or {@link #NONE}. */
    public long oldest() {
        return oldest;
    }

    /**
     * Close of the oldest candle that is still forming at {@code clock}, ms; {@code Long.MAX_VALUE}
     * if there is none.
     */
    long nextClose(long clock) {
        if (current == NONE) {
            return Long.MAX_VALUE;
        }
        long end = interval.nextOpen(Math.min(current, Math.max(first(), interval.openOf(clock))));
        return end > clock ? end : Long.MAX_VALUE;
    }

    /** Folds trades that all belong to one candle of this series. */
    void apply(Fold trades, Span span) {
        long open = interval.openOf(trades.lastTime());
        if (open < oldest || span.isForgotten(interval.nextOpen(open))) {
            boolean carried = trades.last().isAfter(before);
            span.out().late(interval, open, trades, carried);
            if (carried) {
                carryLate(open, trades.last(), span);
            }
            return;
        }
        Fold old = traded.get(open);
        Fold fold = old == null ? trades : old.plus(trades);
        traded.put(open, fold);
        if (current == NONE) {
            startAt(open, span);
        } else if (open > current) {
            extendTo(open, span);
        } else {
            emit(open, span);
            if (old == null || fold.last().isAfter(old.last())) {
                reissueFlatsAfter(open, span);
            }
        }
    }

    /**
     * Closes the candles whose time ended between {@code from} and the span's clock; opens none.
     */
    void close(long from, Span span) {
        if (current == NONE) {
            return;
        }
        long open = Math.max(first(), interval.openOf(from));
        while (open <= current && interval.nextOpen(open) <= span.clock()) {
            emit(open, span);
            open = interval.nextOpen(open);
        }
    }

    /** Opens candles up to the one that holds the span's clock. */
    void open(Span span) {
        if (current != NONE) {
            extendTo(interval.openOf(span.clock()), span);
        }
    }

    /** Reduces candles that can no longer change to their last trade. */
    void forget(Span span) {
        while (!traded.isEmpty()) {
            long end = interval.nextOpen(traded.firstKey());
            if (end > span.clock() || !span.isForgotten(end)) {
                return;
            }
            before = traded.pollFirstEntry().getValue().last();
        }
    }

    /** A trade too late for its candle still sets the price that is carried from its place on. */
    private void carryLate(long open, LastTrade trade, Span span) {
        if (open <= current) {
            before = trade;
            reissueFlatsAfter(open, span);
            return;
        }
        while (current != NONE && interval.nextOpen(current) < open) {
            current = interval.nextOpen(current);
            emit(current, span);
        }
        before = trade;
        current = open;
        extendTo(interval.openOf(span.clock()), span);
    }

    private void startAt(long open, Span span) {
        current = open;
        emit(open, span);
        extendTo(interval.openOf(span.clock()), span);
    }

    private void extendTo(long open, Span span) {
        while (current < open) {
            current = interval.nextOpen(current);
            emit(current, span);
        }
    }

    private void reissueFlatsAfter(long open, Span span) {
        long flat = interval.nextOpen(open);
        while (flat <= current && !traded.containsKey(flat)) {
            emit(flat, span);
            flat = interval.nextOpen(flat);
        }
    }

    /** Open time of the oldest candle that can be derived here. */
    private long first() {
        return before != null || traded.isEmpty() ? NONE : traded.firstKey();
    }

    private void emit(long open, Span span) {
        long end = interval.nextOpen(open);
        boolean closed = end <= span.clock();
        Map.Entry<Long, Fold> source = traded.floorEntry(open);
        Candle candle;
        if (source != null && source.getKey() == open) {
            candle = traded(span.symbol(), open, end, source.getValue(), closed);
        } else {
            LastTrade basis = source == null ? before : source.getValue().last();
            candle =
                    Candle.flat(
                            span.symbol(),
                            interval.code(),
                            open,
                            end - 1,
                            basis.price(),
                            basis.time(),
                            basis.id(),
                            closed);
        }
        span.out().candle(candle);
    }

    private Candle traded(String symbol, long open, long end, Fold fold, boolean closed) {
        return new Candle(
                symbol,
                interval.code(),
                open,
                end - 1,
                fold.open(),
                fold.high(),
                fold.low(),
                fold.close(),
                fold.volume(),
                fold.quoteVolume(),
                fold.takerBuyVolume(),
                fold.takerBuyQuoteVolume(),
                fold.count(),
                fold.firstTradeId(),
                fold.lastTradeId(),
                fold.isFirstKnown() ? fold.firstTime() : Candle.NOT_TOLD,
                fold.lastTime(),
                fold.lastId(),
                closed);
    }
}
