package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The candles of one symbol and one interval: tumbling windows of the symbol's own event time, from
 * the oldest that still takes trades to the current one.
 *
 * <p>Remembers the contents of candles that had trades. A flat candle is derived from the last
 * trade before it, so it needs no memory and follows every change of it. A candle that is given up
 * is reduced to its last trade.
 */
public final class Series {

    /** The value of {@link #current()} before the first candle. */
    public static final long NONE = Long.MIN_VALUE;

    /** So many flat candles are issued with the trade that changed them; more have to wait. */
    private static final int FEW = 4;

    private final Interval interval;
    private final String code;
    private final NavigableMap<Long, Ohlcv> traded;
    private final FlatRanges due;
    private final ArrayDeque<Gap> gaps;
    private final GivenUpCounts counts;
    private final long mark;
    private final boolean opensBefore;
    private Ohlcv before;
    private long current;

    /** The end of the current candle: saves looking into the calendar for every trade. */
    private long currentEnd;

    private long nextClose = Long.MAX_VALUE;

    /** Up to where a round over the due candles has come. */
    private long cursor = Long.MIN_VALUE;

    /** A series without candles. */
    Series(Interval interval) {
        this(
                interval,
                new TreeMap<>(),
                null,
                NONE,
                NONE,
                true,
                new FlatRanges(),
                new ArrayDeque<>(),
                new GivenUpCounts(Long.MAX_VALUE));
    }

    /**
     * A series as it was.
     *
     * @param traded the contents that still take trades, by open time, ms
     * @param before the flat content behind the last trade that was given up, or null
     * @param current open time of the newest candle, ms, or {@link #NONE}
     * @param mark candles that open before it are not made here, ms, or {@link #NONE}
     * @param opensBefore whether an earlier run has made them
     * @param due the flat candles to be issued
     * @param gaps older ones
     * @param counts of the last candles that were given up
     */
    public Series(
            Interval interval,
            NavigableMap<Long, Ohlcv> traded,
            Ohlcv before,
            long current,
            long mark,
            boolean opensBefore,
            FlatRanges due,
            ArrayDeque<Gap> gaps,
            GivenUpCounts counts) {
        this.interval = interval;
        this.code = interval.code();
        this.traded = traded;
        this.before = before;
        this.mark = mark;
        this.opensBefore = opensBefore;
        this.due = due;
        this.gaps = gaps;
        this.counts = counts;
        moveTo(current);
    }

    /** A series that goes on from the latest candle of an earlier run. */
    static Series after(Interval interval, Candle latest) {
        NavigableMap<Long, Ohlcv> traded = new TreeMap<>();
        Ohlcv before = latest.ohlcv();
        long open = latest.openTime();
        if (!latest.isFlat()) {
            traded.put(open, latest.ohlcv());
            // What came before is not known, but nothing older is carried into this candle.
            before = Ohlcv.flat(latest.open(), new TradeRef(open, Long.MAX_VALUE));
        }
        return new Series(
                interval,
                traded,
                before,
                open,
                open,
                true,
                new FlatRanges(),
                new ArrayDeque<>(),
                new GivenUpCounts(open));
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
        return new Series(
                interval,
                new TreeMap<>(),
                last,
                last == null ? NONE : partial,
                first,
                false,
                new FlatRanges(),
                new ArrayDeque<>(),
                new GivenUpCounts(first));
    }

    public Interval interval() {
        return interval;
    }

    /** The contents that still take trades, by open time, ms. */
    public NavigableMap<Long, Ohlcv> traded() {
        return traded;
    }

    /** The flat content behind the last trade that was given up, or null. */
    public Ohlcv before() {
        return before;
    }

    /** Open time of the newest candle, ms, or {@link #NONE}. */
    public long current() {
        return current;
    }

    /** Candles that open before it are not made here, ms, or {@link #NONE}. */
    public long mark() {
        return mark;
    }

    /** Whether an earlier run has made the candles before the mark. */
    public boolean opensBefore() {
        return opensBefore;
    }

    /** The flat candles to be issued. */
    public FlatRanges due() {
        return due;
    }

    /** Older flat candles to be issued, in this order. */
    public ArrayDeque<Gap> gaps() {
        return gaps;
    }

    /** Counts of the last candles that were given up. */
    public GivenUpCounts counts() {
        return counts;
    }

    /** Close of the oldest candle that is forming, ms; {@code Long.MAX_VALUE} if there is none. */
    long nextClose() {
        return nextClose;
    }

    /** The flat content behind the newest trade; null before the first one. */
    Ohlcv last() {
        return traded.isEmpty() ? before : traded.lastEntry().getValue().carried();
    }

    /** Whether only a trade can bring another candle. */
    boolean isResting(long carryFor) {
        return nextClose == Long.MAX_VALUE
                && (current == NONE || interval.nextOpen(current) > newestFlat(carryFor));
    }

    /** Whether the current candle is the one of this time, or a later one. */
    boolean hasReached(long time) {
        return time < currentEnd;
    }

    /** Folds trades that belong to one candle, which has not been given up. */
    void fold(Ohlcv trades, Step step) {
        long time = trades.last().time();
        long open = time >= current && time < currentEnd ? current : interval.openOf(time);
        Ohlcv old = traded.get(open);
        Ohlcv content = old == null ? trades : old.plus(trades);
        traded.put(open, content);
        step.changed.add(open);
        if (current == NONE) {
            if (counts.knownSince() == Long.MAX_VALUE) {
                counts.knowSince(open);
            }
            moveTo(open);
        } else if (open > current) {
            addDue(currentEnd, open);
            moveTo(open);
        } else if (old == null || content.last() != old.last()) {
            changeTail(open, step);
            long end = interval.nextOpen(open);
            if (end > step.clock) {
                // The first candle may open before the one that was the first.
                nextClose = Math.min(nextClose, end);
            }
        }
    }

    /** The candle of these trades is not made here, but the first ones that are may carry them. */
    void carryOver(Ohlcv trades, Step step) {
        if (carries(trades.last())) {
            carry(interval.openOf(trades.last().time()), trades.carried(), step);
        }
    }

    /** Whether a trade came after its candle was given up. */
    boolean isLate(PendingTrades.Single single) {
        return interval.nextOpen(interval.openOf(single.trade().time()))
                <= Math.max(single.givenUp(), mark);
    }

    /** Closes the candles whose time ends between the step's two clocks. */
    void close(Step step) {
        if (current == NONE) {
            return;
        }
        long first = interval.openOf(step.from);
        if (before == null) {
            first = Math.max(first, traded.firstKey());
        }
        if (first <= current) {
            long end = interval.openOf(step.clock);
            step.changed.addAll(traded.subMap(first, Math.max(first, end)).keySet());
            addDue(first, Math.min(currentEnd, end));
        }
    }

    /** Opens flat candles up to the one that holds the step's clock, as far as they are carried. */
    void extend(Step step) {
        if (current == NONE) {
            return;
        }
        long newest = Math.min(interval.openOf(step.clock), newestFlat(step.rules.carryFor()));
        if (newest > current) {
            addDue(currentEnd, interval.nextOpen(newest));
            moveTo(newest);
        }
    }

    /** Issues what the step has changed; of a long row of flat candles the newest. */
    void issue(Step step) {
        for (long open : step.changed) {
            step.out.candle(candle(open, traded.get(open), step));
        }
        step.changed.clear();
        if (due.isEmpty() && gaps.isEmpty()) {
            return;
        }
        if (gaps.isEmpty() && due.length() <= FEW * (currentEnd - current)) {
            issueDue(Integer.MAX_VALUE, step);
            cursor = Long.MIN_VALUE;
        } else if (due.next(current) == current) {
            due.remove(current, currentEnd);
            Ohlcv basis = flatAt(current);
            if (basis != null && !traded.containsKey(current)) {
                issueFlat(current, basis, step);
            }
        }
    }

    /**
     * Computes {@link #nextClose()} anew; called when the current candle or the clock has moved.
     */
    void schedule(long clock) {
        nextClose = Long.MAX_VALUE;
        if (current != NONE && currentEnd > clock) {
            long forming = interval.openOf(clock);
            long first = traded.isEmpty() ? current : traded.firstKey();
            nextClose =
                    before == null && first > forming
                            ? interval.nextOpen(first)
                            : interval.nextOpen(Math.min(current, forming));
        }
    }

    /** Gives up candles: from now on trades for them are late. */
    void giveUp(Step step) {
        while (!traded.isEmpty()) {
            long open = traded.firstKey();
            long end = open == current ? currentEnd : interval.nextOpen(open);
            if (end > step.givenUp) {
                return;
            }
            moveDueToGaps(open);
            Ohlcv content = traded.pollFirstEntry().getValue();
            counts.add(open, content.count());
            before = content.carried();
        }
    }

    /**
     * Passes on a late trade. Where it is the last before the candles that still take trades, the
     * flat ones behind it carry its price.
     */
    void late(Trade trade, Step step) {
        long open = interval.openOf(trade.time());
        boolean opens = opensBefore || open >= mark;
        boolean carried = !opens || carries(trade.ref());
        long carriedUntil =
                carried
                        ? interval.nextOpen(open)
                        : Math.min(
                                trade.time() + step.rules.carryFor(),
                                interval.openOf(before.last().time()));
        long count = counts.of(open);
        if (opens && carried) {
            carry(open, Ohlcv.flat(trade.price(), trade.ref()), step);
        }
        step.out.late(new LateTrade(code, open, trade, carried, carriedUntil, opens, count));
    }

    /**
     * Issues flat candles that had to wait: first those that can no longer change, then, if {@code
     * all}, the others.
     *
     * @return how many were issued
     */
    int fill(int most, boolean all, Step step) {
        int issued = 0;
        while (issued < most && !gaps.isEmpty()) {
            issued += fillGap(most - issued, step);
        }
        return all && issued < most ? issued + issueDue(most - issued, step) : issued;
    }

    /** Whether flat candles wait. */
    boolean isWaiting() {
        return !due.isEmpty() || !gaps.isEmpty();
    }

    /** Whether flat candles wait that can no longer change. */
    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** Whether flat candles wait that a round has not come to yet. */
    boolean isRoundOpen() {
        return due.next(cursor) != Long.MAX_VALUE;
    }

    /** Begins another round over the flat candles that wait. */
    void beginRound() {
        cursor = Long.MIN_VALUE;
    }

    /** Issues the current candle again. */
    void reissueCurrent(Step step) {
        reissueFlats(current, step);
        Ohlcv content = current == NONE ? null : traded.get(current);
        if (content != null) {
            step.out.again(candle(current, content, step));
        }
    }

    /**
     * Issues again what still takes trades, and the flat candles of the last while.
     *
     * @param since flat candles that end at or before it are left out, ms
     */
    void reissue(long since, Step step) {
        traded.forEach((open, content) -> step.out.again(candle(open, content, step)));
        reissueFlats(interval.openOf(since), step);
    }

    /** The same series, sharing nothing that can change. */
    Series copy() {
        Series copy =
                new Series(
                        interval,
                        new TreeMap<>(traded),
                        before,
                        current,
                        mark,
                        opensBefore,
                        due.copy(),
                        new ArrayDeque<>(gaps),
                        counts.copy());
        copy.nextClose = nextClose;
        copy.cursor = cursor;
        return copy;
    }

    private void moveTo(long open) {
        current = open;
        currentEnd = open == NONE ? NONE : interval.nextOpen(open);
    }

    private void addDue(long from, long to) {
        due.add(opensBefore ? from : Math.max(from, mark), to);
    }

    /** The flat candles between this one and the next traded one have another content now. */
    private void changeTail(long open, Step step) {
        long from = interval.nextOpen(open);
        Long next = traded.higherKey(open);
        long to = next == null ? currentEnd : Math.min(next, currentEnd);
        addDue(from, to);
        step.isLongTailChanged |= to - from > FEW * (from - open);
    }

    /** Whether the flat candles before the first one that still takes trades carry this trade. */
    private boolean carries(TradeRef trade) {
        return before == null || trade.isAfter(before.last());
    }

    /** A price whose own candle is not made here, or no longer, is carried from its place on. */
    private void carry(long open, Ohlcv price, Step step) {
        long end = interval.nextOpen(open);
        due.remove(open, end);
        moveDueToGaps(open);
        before = price;
        if (current == NONE || open > current) {
            moveTo(open);
        } else {
            changeTail(open, step);
        }
    }

    /** What is due before a time keeps the content that it has now. */
    private void moveDueToGaps(long limit) {
        for (Map.Entry<Long, Long> range : due.ranges().headMap(limit).entrySet()) {
            if (before != null) {
                gaps.add(new Gap(range.getKey(), Math.min(range.getValue(), limit), before));
            }
        }
        due.remove(Long.MIN_VALUE, limit);
    }

    private int fillGap(int most, Step step) {
        Gap gap = gaps.poll();
        long end = Math.min(gap.to(), carriedUntil(gap.basis(), step));
        long open = gap.from();
        int issued = 0;
        while (open < end && issued < most) {
            issueFlat(open, gap.basis(), step);
            open = interval.nextOpen(open);
            issued++;
        }
        if (open < end) {
            gaps.addFirst(new Gap(open, end, gap.basis()));
        }
        return issued;
    }

    private int issueDue(int most, Step step) {
        int issued = 0;
        long open = due.next(cursor);
        while (open != Long.MAX_VALUE && issued < most) {
            Long traded = this.traded.ceilingKey(open);
            long stop = Math.min(due.endOf(open), traded == null ? Long.MAX_VALUE : traded);
            Ohlcv basis = flatAt(open);
            long end = basis == null ? open : Math.min(stop, carriedUntil(basis, step));
            long next = open;
            while (next < end && issued < most) {
                issueFlat(next, basis, step);
                next = interval.nextOpen(next);
                issued++;
            }
            cursor = next < end ? next : Math.max(stop, interval.nextOpen(open));
            due.remove(open, cursor);
            open = due.next(cursor);
        }
        return issued;
    }

    private void reissueFlats(long from, Step step) {
        if (current == NONE) {
            return;
        }
        for (long open = from; open <= current; open = interval.nextOpen(open)) {
            Ohlcv basis = flatAt(open);
            boolean isMadeHere = opensBefore || open >= mark;
            if (isMadeHere
                    && basis != null
                    && !traded.containsKey(open)
                    && basis.last().time() < open
                    && open < carriedUntil(basis, step)) {
                step.out.again(candle(open, basis, step));
            }
        }
    }

    /** The content of the flat candle that opens at a time; null if no trade was before it. */
    private Ohlcv flatAt(long open) {
        Map.Entry<Long, Ohlcv> basis = traded.lowerEntry(open);
        return basis == null ? before : basis.getValue().carried();
    }

    /** Open times from this one on have no flat candles of this content, ms. */
    private static long carriedUntil(Ohlcv basis, Step step) {
        return basis.last().time() + step.rules.carryFor();
    }

    private long newestFlat(long carryFor) {
        Ohlcv last = last();
        return last == null ? NONE : interval.openOf(last.last().time() + carryFor - 1);
    }

    private void issueFlat(long open, Ohlcv basis, Step step) {
        // The candle of a late trade is not flat, but made by the corrector.
        if (basis.last().time() < open) {
            step.out.candle(candle(open, basis, step));
        }
    }

    private Candle candle(long open, Ohlcv content, Step step) {
        long end = interval.nextOpen(open);
        return new Candle(
                new CandleKey(step.symbol, code, open), end - 1, content, end <= step.clock);
    }
}
