package io.kline.candle;

import static java.util.stream.Collectors.toMap;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The symbol A from noon on: what is done to its candles, and what comes out. */
final class TestSymbol implements CandleOutput {

    static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    static final long MINUTE = 60_000;
    static final long DAY = 86_400_000;

    final List<Candle> issued = new ArrayList<>();
    final List<LateTrade> late = new ArrayList<>();
    SymbolCandles candles;

    /** Processing time, ms. */
    long now;

    private Rules rules;

    TestSymbol(Rules rules) {
        this.rules = rules;
        candles = new SymbolCandles("A", rules);
    }

    TestSymbol(String... intervals) {
        this(rules(10 * MINUTE, intervals));
    }

    /** A symbol that goes on from what an earlier run has left. */
    static TestSymbol takenOver(List<Candle> earlier, String... intervals) {
        TestSymbol symbol = new TestSymbol(intervals);
        symbol.candles = new TakeOver("A", earlier).resume(symbol.rules, symbol);
        return symbol;
    }

    static Rules rules(long allowedLateness, String... intervals) {
        return new Rules(
                Stream.of(intervals).map(code -> Interval.parse(code, ZoneOffset.UTC)).toList(),
                allowedLateness,
                30 * DAY);
    }

    /** From now on these are its intervals. */
    TestSymbol intervals(String... intervals) {
        rules = rules(rules.allowedLateness(), intervals);
        return this;
    }

    /** From now on flat candles are carried for so long, ms. */
    TestSymbol carryFor(long millis) {
        rules = new Rules(rules.intervals(), rules.allowedLateness(), millis);
        return this;
    }

    /**
     * Offers a taker buy of one unit.
     *
     * @param time ms since noon
     */
    TestSymbol trade(long id, long time, String price) {
        candles.offer(Trades.trade("A", id, NOON + time, price), rules);
        return this;
    }

    TestSymbol merge() {
        return watermark(-NOON);
    }

    /** Merges with a watermark, ms since noon. */
    TestSymbol watermark(long time) {
        candles.merge(NOON + time, now, rules, this);
        return this;
    }

    /** Moves to a time, ms since noon. */
    TestSymbol tick(long time) {
        candles.tick(NOON + time, now, rules, this);
        return this;
    }

    boolean isResting() {
        return candles.isResting(rules);
    }

    void reissueLatest() {
        candles.reissueLatest(rules, this);
    }

    /** Issues some of the flat candles that wait. */
    TestSymbol fill(int most) {
        candles.fill(now, most, rules, this);
        return this;
    }

    /** Issues all flat candles that wait. */
    TestSymbol fillAll() {
        while (candles.nextFill() != Long.MAX_VALUE) {
            now = Math.max(now, candles.nextFill());
            fill(100);
        }
        return this;
    }

    /** The highest versions of the candles of an interval, oldest first. */
    List<Candle> stored(String interval) {
        return issued.stream()
                .filter(candle -> candle.interval().equals(interval))
                .collect(toMap(Candle::openTime, one -> one, Candle::newer, TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    @Override
    public void candle(Candle candle) {
        issued.add(candle);
    }

    @Override
    public void again(Candle candle) {
        issued.add(candle);
    }

    @Override
    public void late(LateTrade trade) {
        late.add(trade);
    }
}
