package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The candles of one symbol and one interval: tumbling windows of the symbol's own event time, from
 * the oldest that still takes trades to the current one.
 */
public final class Series {

    /** The value of {@link #current()} before the first candle. */
    public static final long NONE = Long.MIN_VALUE;

    private final Interval interval;
    private final String code;
    private final Beginning beginning;
    private final Contents contents;
    private final FlatCandles flats;
    private long current;

    /** The end of the current candle: saves looking into the calendar for every trade. */
    private long currentEnd;

    private long nextClose = Long.MAX_VALUE;

    /** A series without candles. */
    Series(Interval interval) {
        this(interval, NONE, Beginning.FIRST_TRADE, new Contents());
    }

    private Series(Interval interval, long current, Beginning beginning, Contents contents) {
        this(interval, current, beginning, contents, new FlatRanges(), new ArrayDeque<>(0));
    }

    /**
     * A series as it was.
     *
     * @param current open time of the newest candle, ms, or {@link #NONE}
     * @param due the flat candles to be issued
     * @param gaps older ones, in this order
     */
    public Series(
            Interval interval,
            long current,
            Beginning beginning,
            Contents contents,
            FlatRanges due,
            ArrayDeque<Gap> gaps) {
        this.interval = interval;
        // One for all symbols.
        this.code = interval.code().intern();
        this.beginning = beginning;
        this.contents = contents;
        this.flats = new FlatCandles(interval, code, beginning, contents, due, gaps);
        moveTo(current);
    }

    /**
     * A series that goes on from the latest candle of an earlier run.
     *
     * @param older candles before it, oldest first
     * @param countedUpTo the highest id in it, if other series have yet to count some of them
     */
    static Series after(Interval interval, Candle latest, List<Candle> older, long countedUpTo) {
        long open = latest.openTime();
        Contents contents = Contents.after(latest, GivenUpCounts.before(latest, older));
        return new Series(interval, open, Beginning.takenOver(open, countedUpTo), contents);
    }

    /**
     * A series that is added to those of a symbol: its first candle is the first whole one.
     *
     * @param last the flat content behind the symbol's last trade, or null
     * @param reached how far the symbol has come, ms
     */
    static Series addedTo(Interval interval, Ohlcv last, long reached) {
        long partial = interval.openOf(reached);
        long first = interval.nextOpen(partial);
        long current = last == null ? NONE : partial;
        return new Series(interval, current, Beginning.added(first), Contents.behind(last, first));
    }

    public Interval interval() {
        return interval;
    }

    /** Open time of the newest candle, ms, or {@link #NONE}. */
    public long current() {
        return current;
    }

    /** Which candles are made here. */
    public Beginning beginning() {
        return beginning;
    }

    /** What is remembered of its trades. */
    public Contents contents() {
        return contents;
    }

    /** What is known of its flat candles. */
    public FlatCandles flats() {
        return flats;
    }

    /** Close of the oldest candle that is forming, ms; {@code Long.MAX_VALUE} if there is none. */
    long nextClose() {
        return nextClose;
    }

    /** Whether only a trade can bring another candle. */
    boolean isResting(long carryFor) {
        return nextClose == Long.MAX_VALUE
                && (current == NONE || interval.nextOpen(current) > flats.newest(carryFor));
    }

    /** Whether the current candle is the one of this time, or a later one. */
    boolean hasReached(long time) {
        return time < currentEnd;
    }

    /** Folds trades that belong to one candle, which has not been given up. */
    void fold(Ohlcv trades, Step step) {
        long time = trades.last().time();
        long open = time >= current && time < currentEnd ? current : interval.openOf(time);
        boolean isLastChanged = contents.fold(open, trades);
        step.changed.add(open);
        if (current == NONE) {
            contents.counts().begin(open);
            moveTo(open);
        } else if (open > current) {
            flats.leave(current, currentEnd, open, step);
            moveTo(open);
        } else if (isLastChanged) {
            flats.change(open, currentEnd, step);
            long end = interval.nextOpen(open);
            if (end > step.clock) {
                // The first candle may open before the one that was the first.
                nextClose = Math.min(nextClose, end);
            }
        }
    }

    /** The candle of these trades is not made here, but the first ones that are may carry them. */
    void carryOver(Ohlcv trades, Step step) {
        if (contents.carries(trades.last())) {
            carry(interval.openOf(trades.last().time()), trades.carried(), step);
        }
    }

    /** Closes the candles whose time ends between the step's two clocks. */
    void close(Step step) {
        if (current == NONE) {
            return;
        }
        long first = contents.firstFrom(interval.openOf(step.from));
        if (first <= current) {
            long end = interval.openOf(step.clock);
            step.changed.addAll(contents.traded().subMap(first, Math.max(first, end)).keySet());
            flats.add(first, Math.min(currentEnd, end));
        }
    }

    /** Opens flat candles up to the one that holds the step's clock, as far as they are carried. */
    void extend(Step step) {
        if (current == NONE) {
            return;
        }
        long newest = Math.min(interval.openOf(step.clock), flats.newest(step.rules.carryFor()));
        if (newest > current) {
            flats.add(currentEnd, interval.nextOpen(newest));
            moveTo(newest);
        }
    }

    /** Issues what the step has changed; of a long row of flat candles the newest. */
    void issue(Step step) {
        issueTraded(step);
        flats.issueFew(current, currentEnd, step);
    }

    /** Open time of the newest candle if it has trades and is not closed, ms, or {@link #NONE}. */
    long forming(long clock) {
        return currentEnd > clock && contents.isTraded(current) ? current : NONE;
    }

    /** Issues the candles with trades among those that the step has changed. */
    void issueTraded(Step step) {
        for (long open : step.changed) {
            step.out.candle(traded(open, step));
        }
        step.changed.clear();
    }

    /** Computes {@link #nextClose()} anew: the current candle or the clock has moved. */
    void schedule(long clock) {
        nextClose = Long.MAX_VALUE;
        if (current != NONE && currentEnd > clock) {
            long forming = Math.min(current, interval.openOf(clock));
            nextClose = interval.nextOpen(contents.firstFrom(forming));
        }
    }

    /** Gives up candles: from now on trades for them are late. */
    void giveUp(Step step) {
        while (!contents.traded().isEmpty()) {
            long open = contents.traded().firstKey();
            long end = open == current ? currentEnd : interval.nextOpen(open);
            if (end > step.givenUp) {
                return;
            }
            flats.settle(open);
            contents.giveUpFirst();
        }
    }

    /**
     * Passes on a late trade. Where it is the last before the candles that still take trades, the
     * flat ones behind it carry its price. What is before the beginning is the corrector's.
     */
    void late(Trade trade, Step step) {
        long open = interval.openOf(trade.time());
        boolean opens = beginning.hasCandle(open);
        boolean carried = opens && contents.carries(trade.ref());
        long carriedUntil =
                carried ? interval.nextOpen(open) : trade.time() + step.rules.carryFor();
        if (opens && !carried) {
            long next = interval.openOf(contents.before().last().time());
            carriedUntil = Math.min(carriedUntil, next);
        }
        long count = contents.counts().of(open);
        if (carried) {
            carry(open, Ohlcv.flat(trade.price(), trade.ref()), step);
        }
        boolean takenOver = open < beginning.takenOverUntil();
        step.out.late(
                new LateTrade(code, open, trade, carried, carriedUntil, opens, count, takenOver));
    }

    /** Issues the current candle again. */
    void reissueCurrent(Step step) {
        if (contents.isTraded(current)) {
            step.out.again(traded(current, step));
        } else {
            flats.reissue(current, currentEnd, step);
        }
    }

    /**
     * Issues again what still takes trades, and the flat candles of the last while.
     *
     * @param since flat candles that end at or before it are left out, ms
     */
    void reissue(long since, Step step) {
        contents.traded().keySet().forEach(open -> step.out.again(traded(open, step)));
        flats.reissue(interval.openOf(since), currentEnd, step);
    }

    /** The same series, sharing nothing that can change. */
    Series copy() {
        Series copy =
                new Series(
                        interval,
                        current,
                        beginning,
                        contents.copy(),
                        flats.due().copy(),
                        new ArrayDeque<>(flats.gaps()));
        copy.nextClose = nextClose;
        copy.flats.goOnAs(flats);
        return copy;
    }

    private void moveTo(long open) {
        current = open;
        currentEnd = open == NONE ? NONE : interval.nextOpen(open);
    }

    private void carry(long open, Ohlcv price, Step step) {
        flats.carry(open, price);
        if (current == NONE || open > current) {
            moveTo(open);
        } else {
            flats.change(open, currentEnd, step);
        }
    }

    private Candle traded(long open, Step step) {
        long end = open == current ? currentEnd : interval.nextOpen(open);
        return step.candle(code, open, end, contents.traded().get(open));
    }
}
