package io.kline.fold;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * All candles of one symbol that can still change, and how far the symbol's time has come.
 *
 * <p>The state of a symbol in the live job. It is mutable; every change names the watermark, and
 * tells what it brought forth to a {@link CandleOutput}. Given the same changes in the same order
 * it tells the same.
 */
public final class SymbolCandles {

    /** All candles begin and end at full minutes. */
    private static final long MINUTE = 60_000;

    private final String symbol;
    private List<Series> series;
    private long clock;
    private long watermark;

    /**
     * A symbol not seen before.
     *
     * @param clock every candle that ends at or before it is closed from the start, ms
     */
    public SymbolCandles(String symbol, List<Interval> intervals, long clock) {
        this(symbol, intervals.stream().map(Series::new).toList(), clock, Long.MIN_VALUE);
    }

    /** A symbol as it was. */
    public static SymbolCandles restored(
            String symbol, List<Series> series, long clock, long watermark) {
        return new SymbolCandles(symbol, List.copyOf(series), clock, watermark);
    }

    /**
     * A symbol whose candles an earlier run has left in a store. It goes on from the latest candle
     * of each interval; what is older than that is corrected elsewhere. The others are told again,
     * closed: the earlier run may have ended before all stores had them.
     *
     * @param stored the newest candles of each interval, oldest first within an interval, the
     *     latest included
     * @param clock every candle that ends at or before it is closed, ms
     */
    public static SymbolCandles takenOver(
            String symbol,
            List<Interval> intervals,
            List<Candle> stored,
            long clock,
            CandleOutput out) {
        List<Series> series = new ArrayList<>(intervals.size());
        List<Candle> latestCandles = new ArrayList<>(intervals.size());
        long reached = clock;
        for (Interval interval : intervals) {
            List<Candle> own =
                    stored.stream()
                            .filter(candle -> candle.interval().equals(interval.code()))
                            .toList();
            if (own.isEmpty()) {
                series.add(new Series(interval));
                continue;
            }
            own.forEach(candle -> requireAligned(candle, interval));
            Candle latest = own.get(own.size() - 1);
            latestCandles.add(latest);
            reached =
                    Math.max(reached, latest.closed() ? latest.closeTime() + 1 : latest.openTime());
            own.subList(0, own.size() - 1).forEach(candle -> out.candle(candle.asClosed()));
            series.add(Series.after(interval, latest));
        }
        for (Candle latest : latestCandles) {
            if (latest.closeTime() < reached) {
                out.candle(latest.asClosed());
            }
        }
        return new SymbolCandles(symbol, List.copyOf(series), reached, Long.MIN_VALUE);
    }

    private SymbolCandles(String symbol, List<Series> series, long clock, long watermark) {
        this.symbol = symbol;
        this.series = series;
        this.clock = clock;
        this.watermark = watermark;
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

    public String symbol() {
        return symbol;
    }

    public List<Series> series() {
        return series;
    }

    /** Every candle that ends at or before this time is closed, ms; it never goes back. */
    public long clock() {
        return clock;
    }

    /**
     * The highest watermark that was ever named, ms. Lateness is judged by it: after a restore, the
     * one that is named may be lower for a moment.
     */
    public long watermark() {
        return watermark;
    }

    /** How far the candles reach: the later of the clock and the newest open time, ms. */
    public long reached() {
        long reached = clock;
        for (Series one : series) {
            reached = Math.max(reached, one.current());
        }
        return reached;
    }

    /**
     * Makes these the intervals of the symbol. An added one starts with the next trade, a removed
     * one is forgotten.
     *
     * @throws IllegalStateException if the zone offset is not the one that the candles were made
     *     with
     */
    public void requireIntervals(List<Interval> intervals) {
        boolean same = series.size() == intervals.size();
        for (int i = 0; same && i < intervals.size(); i++) {
            same = series.get(i).interval().equals(intervals.get(i));
        }
        if (same) {
            return;
        }
        List<Series> required = new ArrayList<>(intervals.size());
        for (Interval interval : intervals) {
            required.add(seriesOf(interval));
        }
        series = List.copyOf(required);
    }

    private Series seriesOf(Interval interval) {
        for (Series one : series) {
            if (!one.interval().offset().equals(interval.offset())) {
                throw new IllegalStateException(
                        "kline.zone-offset is "
                                + interval.offset()
                                + ", but the restored candles of "
                                + symbol
                                + " were made with "
                                + one.interval().offset()
                                + "; to change it, start without the old state and on empty stores");
            }
            if (one.interval().equals(interval)) {
                return one;
            }
        }
        return new Series(interval);
    }

    /**
     * When a forming candle is due to be closed next, ms; {@code Long.MAX_VALUE} if none is
     * forming. Between two such times a clock need not be looked at.
     */
    public long nextClose() {
        long next = Long.MAX_VALUE;
        for (Series one : series) {
            next = Math.min(next, one.nextClose(clock));
        }
        return next;
    }

    /**
     * Folds trades of one minute into the candles of every interval.
     *
     * @param trades all within one minute; if any interval may have forgotten its candle, one trade
     *     alone
     */
    public void apply(Fold trades, long watermarkNow, long allowedLateness, CandleOutput out) {
        watermark = Math.max(watermark, watermarkNow);
        // A candle that this opens may be over already, and no later watermark come to tell.
        boolean isClockBehind = Math.floorDiv(watermark + 1, MINUTE) > Math.floorDiv(clock, MINUTE);
        // Where a late price is carried depends on what is over and forgotten.
        boolean isPerhapsLate = trades.lastTime() + allowedLateness <= watermark;
        if (isClockBehind || isPerhapsLate) {
            close(watermark + 1, watermark, allowedLateness, out);
        }
        Span span = new Span(symbol, clock, watermark, allowedLateness, out);
        for (Series one : series) {
            one.apply(trades, span);
            one.forget(span);
        }
    }

    /** Closes every candle that ends at or before {@code time}; opens none. */
    public void close(long time, long watermarkNow, long allowedLateness, CandleOutput out) {
        moveTo(time, false, watermarkNow, allowedLateness, out);
    }

    /**
     * Closes every candle that ends at or before {@code time}, and opens candles up to the ones
     * that hold it.
     */
    public void tick(long time, long watermarkNow, long allowedLateness, CandleOutput out) {
        moveTo(time, true, watermarkNow, allowedLateness, out);
    }

    private void moveTo(
            long time, boolean opens, long watermarkNow, long allowedLateness, CandleOutput out) {
        watermark = Math.max(watermark, watermarkNow);
        long from = clock;
        clock = Math.max(clock, time);
        Span span = new Span(symbol, clock, watermark, allowedLateness, out);
        for (Series one : series) {
            one.close(from, span);
            if (opens) {
                one.open(span);
            }
            one.forget(span);
        }
    }

    /** The same state, sharing nothing that can change. */
    public SymbolCandles copy() {
        List<Series> copies = new ArrayList<>(series.size());
        for (Series one : series) {
            copies.add(
                    new Series(
                            one.interval(),
                            new TreeMap<>(one.traded()),
                            one.before(),
                            one.current(),
                            one.oldest()));
        }
        return restored(symbol, copies, clock, watermark);
    }
}
