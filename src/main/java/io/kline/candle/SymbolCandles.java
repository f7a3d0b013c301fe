package io.kline.candle;

import io.kline.model.Trade;
import java.util.List;

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
    private final SymbolSeries series;
    private long givenUp;
    private long clock;

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
        this(symbol, seen, pending, new SymbolSeries(series), givenUp, clock, new FillPace());
        series.forEach(one -> one.schedule(clock));
    }

    private SymbolCandles(
            String symbol,
            SeenExecutions seen,
            PendingTrades pending,
            SymbolSeries series,
            long givenUp,
            long clock,
            FillPace pace) {
        this.symbol = symbol;
        this.seen = seen;
        this.pending = pending;
        this.series = series;
        this.givenUp = givenUp;
        this.clock = clock;
        this.pace = pace;
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

    /** Its candles in every interval; those of removed intervals last. */
    public List<Series> series() {
        return series.all();
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
        // Before the trade moves the time: an added interval begins where the snapshot was.
        align(rules);
        SeenExecutions.Answer answer =
                seen.see(trade.firstId(), trade.lastId(), trade.time(), rules.allowedLateness());
        if (answer == SeenExecutions.Answer.NEW) {
            givenUp = Math.max(givenUp, Lateness.mark(seen.newest(), rules));
            // A candle that holds the time ends after it.
            if (trade.time() >= givenUp && series.allTake(trade)) {
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
     * @param now time that has passed since any fixed moment, ms
     */
    public void merge(long time, long now, Rules rules, CandleOutput out) {
        step(time, false, now, rules, out);
    }

    /**
     * The same; also opens candles up to the ones that hold {@code time}.
     *
     * @param time ms
     * @param now time that has passed since any fixed moment, ms
     */
    public void tick(long time, long now, Rules rules, CandleOutput out) {
        step(time, true, now, rules, out);
    }

    /**
     * Issues flat candles that had to wait.
     *
     * @param now time that has passed since any fixed moment, ms
     * @param most how many
     */
    public void fill(long now, int most, Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        boolean all = pace.isDue(now);
        int issued = 0;
        for (Series one : series()) {
            issued += one.flats().fill(most - issued, all, step);
        }
        if (all && !isRoundOpen()) {
            series().forEach(one -> one.flats().beginRound());
            pace.roundEnded(now, isRoundOpen());
        }
    }

    /** When {@link #fill} has something to do, ms; {@code Long.MAX_VALUE} if never. */
    public long nextFill() {
        boolean waits = false;
        for (Series one : series()) {
            if (one.flats().hasGaps()) {
                return Long.MIN_VALUE;
            }
            waits |= one.flats().isWaiting();
        }
        return waits ? pace.dueAt() : Long.MAX_VALUE;
    }

    /**
     * When a forming candle is to be closed next, ms; {@code Long.MAX_VALUE} if none is forming.
     */
    public long nextClose() {
        long next = Long.MAX_VALUE;
        for (Series one : series()) {
            next = Math.min(next, one.nextClose());
        }
        return next;
    }

    /** Whether it has got all candles that there are until it trades again. */
    public boolean isResting(Rules rules) {
        if (!pending.isEmpty()) {
            return false;
        }
        return series.areResting(rules.carryFor());
    }

    /**
     * When the next {@link #merge} issues a candle that is refreshed less often than trades are
     * merged, ms; {@code Long.MAX_VALUE} if none waits.
     */
    public long nextRefresh() {
        long next = Long.MAX_VALUE;
        for (Refresh one : series.refreshes()) {
            next = Math.min(next, one.due());
        }
        return next;
    }

    /** Issues those candles now. */
    public void refresh(Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        for (int i = 0; i < series.refreshes().size(); i++) {
            series.refresh(i).release(step);
            series().get(i).issueTraded(step);
        }
    }

    /** Issues the latest candle of each interval again; of a removed one while it is open. */
    public void reissueLatest(Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        series.going().forEach(one -> one.reissueCurrent(step));
    }

    /** Issues all remembered candles again. */
    public void reissue(Rules rules, CandleOutput out) {
        Step step = standing(rules, out);
        series().forEach(one -> one.reissue(Math.max(0, clock - RECENT), step));
    }

    /** The same state, sharing nothing that can change. */
    public SymbolCandles copy() {
        return new SymbolCandles(
                symbol, seen.copy(), pending.copy(), series.copy(), givenUp, clock, pace.copy());
    }

    /** How many rows of flat candles wait that no trade can change. */
    public int gaps() {
        int gaps = 0;
        for (Series one : series()) {
            gaps += one.flats().gaps().size();
        }
        return gaps;
    }

    private boolean isRoundOpen() {
        return series().stream().anyMatch(one -> one.flats().isRoundOpen());
    }

    /** A step in which no time passes. */
    private Step standing(Rules rules, CandleOutput out) {
        align(rules);
        return new Step(symbol, rules, out, clock, clock, Long.MIN_VALUE, givenUp);
    }

    private void step(long time, boolean opens, long now, Rules rules, CandleOutput out) {
        align(rules);
        long from = clock;
        clock = Math.max(clock, Math.floorDiv(Math.max(time, givenUp), MINUTE) * MINUTE);
        Step step = new Step(symbol, rules, out, from, clock, now, givenUp);
        Merge merge = new Merge(pending, step);
        List<Series> all = series.all();
        for (int i = 0; i < all.size(); i++) {
            boolean isRequired = i < rules.intervals().size();
            merge.into(all.get(i), isRequired, opens && isRequired, series.refresh(i));
        }
        pending.clear();
        if (step.isLongTailChanged) {
            pace.changed(now);
        }
        series.dropRetired(givenUp);
    }

    private void align(Rules rules) {
        series.align(rules, symbol, Math.max(clock, seen.newest()), givenUp);
    }
}
