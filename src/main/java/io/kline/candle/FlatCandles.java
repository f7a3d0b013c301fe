package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * The flat candles of a series, and which of them are still to be issued.
 *
 * <p>Those that are due get the content that they have when their turn comes. A gap holds those
 * whose trade was given up before: they keep its price.
 */
public final class FlatCandles {

    /** So many are issued with the trade that changed them; more have to wait. */
    private static final int FEW = 4;

    private final Interval interval;
    private final String code;
    private final Beginning beginning;
    private final Contents contents;
    private final FlatRanges due;
    private final ArrayDeque<Gap> gaps;

    /** Up to where a round over the due candles has come. */
    private long cursor = Long.MIN_VALUE;

    FlatCandles(
            Interval interval,
            String code,
            Beginning beginning,
            Contents contents,
            FlatRanges due,
            ArrayDeque<Gap> gaps) {
        this.interval = interval;
        this.code = code;
        this.beginning = beginning;
        this.contents = contents;
        this.due = due;
        this.gaps = gaps;
    }

    /** The ones to be issued. */
    public FlatRanges due() {
        return due;
    }

    /** Older ones to be issued, in this order. */
    public ArrayDeque<Gap> gaps() {
        return gaps;
    }

    /** Whether some wait. */
    boolean isWaiting() {
        return !due.isEmpty() || !gaps.isEmpty();
    }

    /** Whether some wait that can no longer change. */
    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    /** Whether some wait that a round has not come to yet. */
    boolean isRoundOpen() {
        return due.next(cursor) != Long.MAX_VALUE;
    }

    /** Begins another round over those that wait. */
    void beginRound() {
        cursor = Long.MIN_VALUE;
    }

    /** Open time of the last one until the next trade, ms; {@link Series#NONE} without trades. */
    long newest(long carryFor) {
        Ohlcv last = contents.last();
        return last == null ? Series.NONE : interval.openOf(last.last().time() + carryFor - 1);
    }

    /** Those that open in [from, to), ms, have to be issued. */
    void add(long from, long to) {
        due.add(beginning.opensBefore() ? from : Math.max(from, beginning.firstOpen()), to);
    }

    /**
     * A trade opens a candle behind the current one. Those between have to be issued. Where flat
     * candles are carried for a shorter time now, a current one that is open is closed at once: it
     * will not be among those that are due.
     */
    void leave(long current, long currentEnd, long open, Step step) {
        Ohlcv basis = contents.flatAt(current);
        boolean isOpen = currentEnd > step.from && beginning.hasCandle(current);
        if (isOpen
                && basis != null
                && !contents.isTraded(current)
                && current >= carriedUntil(basis, step)) {
            CandleKey key = new CandleKey(step.symbol, code, current);
            step.out.candle(new Candle(key, currentEnd - 1, basis, true));
        }
        add(currentEnd, open);
    }

    /** Those behind a candle, up to the next traded one, have another content now. */
    void change(long open, long currentEnd, Step step) {
        long from = interval.nextOpen(open);
        long to = Math.min(contents.nextTraded(from), currentEnd);
        add(from, to);
        step.isLongTailChanged |= to - from > FEW * (from - open);
    }

    /** From a trade on, whose own candle is not made here, they carry its price. */
    void carry(long open, Ohlcv price) {
        due.remove(open, interval.nextOpen(open));
        settle(open);
        contents.carry(price);
    }

    /** What is due before a time keeps the content that it has now. */
    void settle(long limit) {
        Ohlcv before = contents.before();
        for (Map.Entry<Long, Long> range : due.ranges().headMap(limit).entrySet()) {
            if (before != null) {
                gaps.add(new Gap(range.getKey(), Math.min(range.getValue(), limit), before));
            }
        }
        due.remove(Long.MIN_VALUE, limit);
    }

    /** Issues those that are due; of a long row only the newest. */
    void issueFew(long current, long currentEnd, Step step) {
        if (!isWaiting()) {
            return;
        }
        if (gaps.isEmpty() && due.length() <= FEW * (currentEnd - current)) {
            issueDue(Integer.MAX_VALUE, step);
            beginRound();
        } else if (due.next(current) == current) {
            due.remove(current, currentEnd);
            Ohlcv basis = contents.flatAt(current);
            if (basis != null && !contents.isTraded(current)) {
                issue(current, basis, step);
            }
        }
    }

    /**
     * Issues those that had to wait: first the gaps, then, if {@code all}, the others.
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

    /** Issues again those that open in [from, to), ms. */
    void reissue(long from, long to, Step step) {
        for (long open = from; open < to; open = interval.nextOpen(open)) {
            Ohlcv basis = contents.flatAt(open);
            if (beginning.hasCandle(open)
                    && basis != null
                    && !contents.isTraded(open)
                    && basis.last().time() < open
                    && open < opensUntil(open, basis, step)) {
                step.out.again(step.candle(code, open, interval.nextOpen(open), basis));
            }
        }
    }

    /** Goes on with the round of another one. */
    void goOnAs(FlatCandles other) {
        cursor = other.cursor;
    }

    private int fillGap(int most, Step step) {
        Gap gap = gaps.poll();
        long end = Math.min(gap.to(), carriedUntil(gap.basis(), step));
        long open = gap.from();
        int issued = 0;
        while (open < end && issued < most) {
            issue(open, gap.basis(), step);
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
            long stop = Math.min(due.endOf(open), contents.nextTraded(open));
            Ohlcv basis = contents.flatAt(open);
            long end = basis == null ? open : Math.min(stop, opensUntil(open, basis, step));
            long next = open;
            while (next < end && issued < most) {
                issue(next, basis, step);
                next = interval.nextOpen(next);
                issued++;
            }
            cursor = next < end ? next : Math.max(stop, interval.nextOpen(open));
            due.remove(open, cursor);
            open = due.next(cursor);
        }
        return issued;
    }

    private void issue(long open, Ohlcv basis, Step step) {
        // The candle of a late trade is not flat, but made by the corrector.
        if (basis.last().time() < open) {
            step.out.candle(step.candle(code, open, interval.nextOpen(open), basis));
        }
    }

    /**
     * Open times from this one on have no flat candles of the content that a flat one has, ms. What
     * has been opened behind the last trade stays, though flat candles are carried for a shorter
     * time now: readers have seen it open, and it has to be closed.
     */
    private long opensUntil(long open, Ohlcv basis, Step step) {
        boolean isBehindLast = contents.nextTraded(open) == Long.MAX_VALUE;
        return isBehindLast ? Long.MAX_VALUE : carriedUntil(basis, step);
    }

    /** Open times from this one on have no flat candles of this content, ms. */
    private static long carriedUntil(Ohlcv basis, Step step) {
        return basis.last().time() + step.rules.carryFor();
    }
}
