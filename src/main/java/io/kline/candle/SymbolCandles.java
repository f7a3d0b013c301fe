package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * All that is known of one symbol: which of its trades were seen, and its candles in every
 * interval.
 *
 * <p>Trades, merges and times go in; candles and late trades come out. What is decided about a
 * trade depends on the trades of the symbol and their order alone: on the highest time among them,
 * never on a watermark or a clock. Watermarks and ticks close candles; they never give one up.
 */
public final class SymbolCandles {

    /** All candles begin and end at full minutes. */
    private static final long MINUTE = 60_000;

    /** Flat candles that are younger than this are issued again with the others, ms. */
    private static final long RECENT = 30 * MINUTE;

    private final String symbol;
    private final SeenExecutions seen;
    private final PendingTrades pending;
    private final FillPace pace;
    private List<Series> series;
    private long takenOverUntil;
    private long givenUp;
    private long clock;
    private Rules alignedTo;

    /** A symbol not seen before. */
    public SymbolCandles(String symbol, Rules rules) {
        this(
                symbol,
                new SeenExecutions(),
                new PendingTrades(),
                rules.intervals().stream().map(Series::new).toList(),
                0,
                0);
    }

    /**
     * A symbol as it was.
     *
     * @param givenUp candles that end at or before it take no more trades, ms
     * @param clock candles that end at or before it are closed, ms
     */
    public SymbolCandles(
            String symbol,
            SeenExecutions seen,
            PendingTrades pending,
            List<Series> series,
            long givenUp,
            long clock) {
        this(symbol, seen, pending, series, givenUp, clock, new FillPace());
        series.forEach(one -> one.schedule(clock));
    }

    private SymbolCandles(
            String symbol,
            SeenExecutions seen,
            PendingTrades pending,
            List<Series> series,
            long givenUp,
            long clock,
            FillPace pace) {
        this.symbol = symbol;
        this.seen = seen;
        this.pending = pending;
        have(series);
        this.givenUp = givenUp;
        this.clock = clock;
        this.pace = pace;
    }

    /**
     * A symbol whose candles an earlier run has left. It goes on from the latest candle of each
     * interval; what is older is corrected elsewhere. The others are issued, closed: the earlier
     * run may have ended before all stores had them. Ids grow per symbol: what is not after the
     * last trade of the candles is in them.
     *
     * @throws IllegalStateException if the candles were made with another zone offset
     */
    public static SymbolCandles takenOver(TakeOver earlier, Rules rules, CandleOutput out) {
        List<Candle> candles = earlier.candles();
        List<Series> series = new ArrayList<>(rules.intervals().size());
        List<Candle> latestCandles = new ArrayList<>(series.size());
        long newest = candles.stream().mapToLong(Candle::lastTime).max().orElse(0);
        long reached = 0;
        for (Interval interval : rules.intervals()) {
            List<Candle> own =
                    candles.stream()
                            .filter(candle -> candle.interval().equals(interval.code()))
                            .toList();
            if (own.isEmpty()) {
                series.add(null);
                continue;
            }
            own.forEach(candle -> requireAligned(candle, interval));
            Candle latest = own.get(own.size() - 1);
            own.subList(0, own.size() - 1).forEach(candle -> out.candle(candle.asClosed()));
            if (latest.closeTime() < newest) {
                // It was not an interval of the earlier run, or not to its end: flat candles would
                // fill what others have traded.
                series.add(null);
                continue;
            }
            latestCandles.add(latest);
            reached =
                    Math.max(reached, latest.closed() ? latest.closeTime() + 1 : latest.openTime());
            series.add(Series.after(interval, latest));
        }
        for (Candle latest : latestCandles) {
            if (latest.closeTime() < reached) {
                out.candle(latest.asClosed());
            }
        }
        long lastId = candles.stream().mapToLong(Candle::lastId).max().orElse(-1);
        Ohlcv last = lastOf(series);
        for (int i = 0; i < series.size(); i++) {
            if (series.get(i) == null) {
                Interval interval = rules.intervals().get(i);
                series.set(i, Series.addedTo(interval, last, Math.max(reached, newest)));
            }
        }
        return new SymbolCandles(
                earlier.symbol(),
                SeenExecutions.upTo(lastId, newest),
                new PendingTrades(),
                series,
                newest - rules.allowedLateness(),
                reached);
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

    /** The executions that were seen, and the highest time among them. */
    public SeenExecutions seen() {
        return seen;
    }

    /** The trades that wait for a merge. */
    public PendingTrades pending() {
        return pending;
    }

    public List<Series> series() {
        return series;
    }

    /** Candles that end at or before this time take no more trades, ms; it never goes back. */
    public long givenUp() {
        return givenUp;
    }

    /** Candles that end at or before this time are closed, ms; it never goes back. */
    public long clock() {
        return clock;
    }

    /**
     * Takes a trade, if it is new. Its candles change with the next merge.
     *
     * @return what is known of its executions
     */
    public SeenExecutions.Answer offer(Trade trade, Rules rules) {
        SeenExecutions.Answer answer =
                seen.see(trade.firstId(), trade.lastId(), trade.time(), rules.allowedLateness());
        if (answer == SeenExecutions.Answer.NEW) {
            givenUp = Math.max(givenUp, seen.newest() - rules.allowedLateness());
            if (trade.time() > givenUp && trade.time() >= takenOverUntil) {
                pending.add(trade);
            } else {
                pending.addSingle(new PendingTrades.Single(trade, givenUp));
            }
        }
        return answer;
    }

    /**
     * Folds the trades that wait, and closes every candle that ends at or before {@code time};
     * opens none.
     *
     * @param time ms
     * @param now never goes back, ms
     */
    public void merge(long time, long now, Rules rules, CandleOutput out) {
        step(time, false, now, rules, out);
    }

    /**
     * The same; also opens candles up to the ones that hold {@code time}.
     *
     * @param time ms
     * @param now never goes back, ms
     */
    public void tick(long time, long now, Rules rules, CandleOutput out) {
        step(time, true, now, rules, out);
    }

    /**
     * Issues flat candles that had to wait.
     *
     * @param now never goes back, ms
     * @param most how many
     * @return how many were issued
     */
    public int fill(long now, int most, Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        boolean all = pace.isDue(now);
        int issued = 0;
        for (Series one : series) {
            issued += one.fill(most - issued, all, step);
        }
        if (all && series.stream().noneMatch(Series::isRoundOpen)) {
            series.forEach(Series::beginRound);
            pace.roundEnded(now, series.stream().anyMatch(Series::isRoundOpen));
        }
        return issued;
    }

    /** When {@link #fill} has something to do, ms; {@code Long.MAX_VALUE} if never. */
    public long nextFill() {
        boolean waits = false;
        for (Series one : series) {
            if (one.hasGaps()) {
                return Long.MIN_VALUE;
            }
            waits |= one.isWaiting();
        }
        return waits ? pace.dueAt() : Long.MAX_VALUE;
    }

    /**
     * When a forming candle is to be closed next, ms; {@code Long.MAX_VALUE} if none is forming.
     */
    public long nextClose() {
        long next = Long.MAX_VALUE;
        for (Series one : series) {
            next = Math.min(next, one.nextClose());
        }
        return next;
    }

    /** Whether it has got all candles that there are until it trades again. */
    public boolean isResting(Rules rules) {
        if (!pending.isEmpty()) {
            return false;
        }
        for (Series one : series) {
            if (!one.isResting(rules.carryFor())) {
                return false;
            }
        }
        return true;
    }

    /** Issues the latest candle of each interval again. */
    public void reissueLatest(Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        series.forEach(one -> one.reissueCurrent(step));
    }

    /** Issues all remembered candles again. */
    public void reissue(Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        series.forEach(one -> one.reissue(Math.max(0, clock - RECENT), step));
    }

    /** The same state, sharing nothing that can change. */
    public SymbolCandles copy() {
        return new SymbolCandles(
                symbol,
                seen.copy(),
                pending.copy(),
                series.stream().map(Series::copy).toList(),
                givenUp,
                clock,
                pace.copy());
    }

    /** A step in which no time passes. */
    private Step standing(Rules rules, CandleOutput out) {
        align(rules);
        return new Step(symbol, rules, out, clock, clock, givenUp);
    }

    private void step(long time, boolean opens, long now, Rules rules, CandleOutput out) {
        align(rules);
        long from = clock;
        clock = Math.max(clock, Math.floorDiv(Math.max(time, givenUp), MINUTE) * MINUTE);
        Step step = new Step(symbol, rules, out, from, clock, givenUp);
        for (int i = 0; i < series.size(); i++) {
            boolean isRequired = i < rules.intervals().size();
            step(series.get(i), isRequired, opens && isRequired, step);
        }
        pending.clear();
        if (step.isLongTailChanged) {
            pace.changed(now);
        }
        dropRetired();
    }

    /** The order matters: trades that are in time go in before their candles are given up. */
    private void step(Series one, boolean isRequired, boolean opens, Step step) {
        long current = one.current();
        for (int i = 0; i < pending.size(); i++) {
            fold(one, pending.content(i), isRequired, step);
        }
        for (PendingTrades.Single single : pending.singles()) {
            boolean isBeforeAdded = !one.opensBefore() && single.trade().time() < one.mark();
            if (isBeforeAdded || !one.isLate(single)) {
                fold(one, Ohlcv.of(single.trade()), isRequired, step);
            }
        }
        if (step.clock > step.from) {
            one.close(step);
        }
        if (opens) {
            one.extend(step);
        }
        one.issue(step);
        one.giveUp(step);
        if (!pending.singles().isEmpty()) {
            late(one, isRequired, step);
            one.issue(step);
        }
        if (step.clock > step.from || one.current() != current) {
            one.schedule(step.clock);
        }
    }

    private static void fold(Series one, Ohlcv trades, boolean isRequired, Step step) {
        long time = trades.last().time();
        if (time < one.mark()) {
            one.carryOver(trades, step);
        } else if (isRequired || one.hasReached(time)) {
            one.fold(trades, step);
        }
    }

    /** The newest first: what an older one changes ends there. */
    private void late(Series one, boolean isRequired, Step step) {
        List<Trade> late = new ArrayList<>(pending.singles().size());
        for (PendingTrades.Single single : pending.singles()) {
            boolean isOwn = isRequired || one.hasReached(single.trade().time());
            if (isOwn && one.isLate(single)) {
                late.add(single.trade());
            }
        }
        late.sort(Comparator.comparing(Trade::time).thenComparing(Trade::id).reversed());
        late.forEach(trade -> one.late(trade, step));
    }

    /** Trades of candles that an earlier run has made go to the corrector one by one. */
    private void have(List<Series> all) {
        series = List.copyOf(all);
        takenOverUntil = Series.NONE;
        for (Series one : series) {
            if (one.opensBefore()) {
                takenOverUntil = Math.max(takenOverUntil, one.mark());
            }
        }
    }

    /**
     * Makes these the intervals of the symbol. An added one begins with its next whole candle; a
     * removed one goes on until its current candle is closed, so that taking it back until then
     * changes nothing. If a trade after that candle comes first, it is as one that is added.
     *
     * @throws IllegalStateException if the zone offset is not the one that the candles were made
     *     with
     */
    private void align(Rules rules) {
        if (alignedTo == rules) {
            return;
        }
        alignedTo = rules;
        List<Series> aligned = new ArrayList<>(rules.intervals().size());
        for (Interval interval : rules.intervals()) {
            aligned.add(seriesOf(interval));
        }
        series.stream().filter(one -> !aligned.contains(one)).forEach(aligned::add);
        have(aligned);
        dropRetired();
    }

    private Series seriesOf(Interval interval) {
        Ohlcv last = lastOf(series);
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
            // One that was removed for longer than its current candle has missed trades.
            if (one.interval().equals(interval)
                    && (last == null || one.hasReached(last.last().time()))) {
                return one;
            }
        }
        return last == null
                ? new Series(interval)
                : Series.addedTo(interval, last, Math.max(clock, seen.newest()));
    }

    private static Ohlcv lastOf(List<Series> series) {
        return series.stream()
                .filter(Objects::nonNull)
                .map(Series::last)
                .filter(Objects::nonNull)
                .reduce(Ohlcv::plus)
                .orElse(null);
    }

    private void dropRetired() {
        int required = alignedTo.intervals().size();
        if (series.size() > required) {
            List<Series> left = new ArrayList<>(series.subList(0, required));
            series.stream()
                    .skip(required)
                    .filter(one -> one.nextClose() != Long.MAX_VALUE || one.isWaiting())
                    .forEach(left::add);
            have(left);
        }
    }
}
