package io.kline.live;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Lag;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeGridTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int ROW = 1_000;
    private static final Rules RULES =
            new Rules(
                    List.of(Interval.parse("1m", ZoneOffset.UTC)),
                    10 * 86_400_000L,
                    30 * 86_400_000L);

    private final List<Candle> issued = new ArrayList<>();
    private final SymbolCandles candles = new SymbolCandles("A", RULES);
    private final JumpingTime time = new JumpingTime(NOON + ROW * MINUTE);
    private LiveSymbol symbol;
    private MergeGrid grid;
    private long trades;
    private Lag lag = Lag.NONE;
    private long millisOfAMerge;
    private long millisOfAFlat;

    /** One trade, and a long row of flat candles behind it. */
    @BeforeEach
    void aLongRow() throws Exception {
        LiveSymbols symbols = new LiveSymbols(RULES, new OneState(), key -> {}, new Issued());
        symbol = symbols.add(candles);
        grid = new MergeGrid(333, () -> lag, symbols, time, time::elapsed);
        offer(NOON);
        time.pass(1_000);
        symbols.tick(symbol, NOON + ROW * MINUTE, time.elapsed());
        grid.noteWaiting(symbol);
        time.pass(5_000);
        assertThat(issued).extracting(Candle::openTime).contains(NOON + ROW / 2 * MINUTE);
        issued.clear();
    }

    @Test
    void aChangedRowDoesNotWaitForAClockThatWasSetBack() throws Exception {
        offer(NOON + 1);
        time.pass(400);
        time.jump(-HOUR);
        time.pass(5_000);
        assertThat(issued).hasSizeGreaterThan(ROW);
    }

    @Test
    void aRowThatChangedWhileTheClockWasAheadDoesNotWaitForIt() throws Exception {
        time.jump(24 * HOUR);
        offer(NOON + 1);
        time.pass(400);
        time.jump(-24 * HOUR);
        time.pass(5_000);
        assertThat(issued).hasSizeGreaterThan(ROW);
    }

    @Test
    void tradesAreMergedInTheirTimeWhateverTheClock() throws Exception {
        for (long jump : new long[] {-HOUR, 24 * HOUR, -24 * HOUR}) {
            issued.clear();
            offer(NOON + 1);
            time.jump(jump);
            time.pass(334);
            assertThat(issued).extracting(Candle::openTime).contains(NOON);
        }
    }

    @Test
    void tradesThatHadToWaitAreMergedLessOften() throws Exception {
        assertThat(merges(10_000)).isBetween(28, 31);
        lag = Lag.SHORT;
        assertThat(merges(10_000)).isBetween(9, 11);
        lag = Lag.LONG;
        assertThat(merges(10_000)).isBetween(4, 6);
        lag = Lag.NONE;
        assertThat(merges(10_000)).isBetween(28, 31);
    }

    /** Who has to do more than there is time for does it less often. */
    @Test
    void tradesAreReadForTwiceAsLongAsTheyAreMerged() throws Exception {
        millisOfAMerge = 150;
        assertThat(merges(10_000)).isBetween(28, 31);
        millisOfAMerge = 400;
        assertThat(merges(10_000)).isBetween(9, 11);
        millisOfAMerge = 0;
        merges(1_000);
        assertThat(merges(10_000)).isBetween(28, 31);
    }

    /** A barrier waits for one turn, not for the rows of all symbols; nor do other trades. */
    @Test
    void longRowsOfManySymbolsAreIssuedInParts() throws Exception {
        Rules rules =
                new Rules(List.of(Interval.parse("1m", ZoneOffset.UTC)), MINUTE, 30 * 86_400_000L);
        KeyedState states = new KeyedState();
        LiveSymbols symbols = new LiveSymbols(rules, states, states::enter, new Issued());
        MergeGrid many = new MergeGrid(333, () -> lag, symbols, time, time::elapsed);
        List<LiveSymbol> live = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            SymbolCandles each = new SymbolCandles("S" + number, rules);
            states.enter("S" + number);
            states.update(each);
            live.add(symbols.add(each));
            for (int row = 0; row < FlatRows.MOST_GAPS + 600; row++) {
                each.offer(trade("S" + number, row + 1, NOON + row * 3 * MINUTE, "10"), rules);
            }
            many.add(live.get(number));
        }
        millisOfAFlat = 1;
        long longest = 0;
        for (int part = 0; part < 100; part++) {
            long before = time.elapsed();
            time.pass(10);
            longest = Math.max(longest, time.elapsed() - before);
        }
        // A part of one symbol is begun within the third of the time, and ended.
        assertThat(longest).isBetween(100L, 111 + 256 + 10L);
        assertThat(live).anyMatch(each -> each.gaps > FlatRows.MOST_GAPS);
        long begin = time.elapsed();
        for (LiveSymbol each : live) {
            while (each.gaps > FlatRows.MOST_GAPS) {
                long before = time.elapsed();
                many.makeRoom(each);
                assertThat(time.elapsed() - before).isBetween(1L, 256L);
            }
        }
        assertThat(time.elapsed() - begin).isGreaterThan(5_000);
        many.makeRoom(live.get(0));
        assertThat(live).allMatch(each -> each.gaps <= FlatRows.MOST_GAPS);
    }

    /** How often trades that come all the time are merged. */
    private int merges(long millis) throws Exception {
        issued.clear();
        long end = time.elapsed() + millis;
        while (time.elapsed() < end) {
            offer(NOON + 1 + trades);
            time.pass(10);
        }
        return (int) issued.stream().filter(candle -> candle.openTime() == NOON).count();
    }

    private void offer(long at) {
        trades++;
        candles.offer(trade("A", trades, at, "10"), RULES);
        grid.add(symbol);
    }

    private final class Issued implements CandleOutput {
        @Override
        public void candle(Candle candle) {
            issued.add(candle);
            time.work(candle.openTime() == NOON ? millisOfAMerge : 0);
            time.work(candle.isFlat() ? millisOfAFlat : 0);
        }

        @Override
        public void again(Candle candle) {
            issued.add(candle);
        }

        @Override
        public void late(LateTrade trade) {}
    }

    /** The state of the only key. */
    private final class OneState implements ValueState<SymbolCandles> {
        @Override
        public SymbolCandles value() {
            return candles;
        }

        @Override
        public void update(SymbolCandles value) {}

        @Override
        public void clear() {}
    }

    /** The state of the key that was entered last. */
    private static final class KeyedState implements ValueState<SymbolCandles> {

        private final Map<String, SymbolCandles> states = new HashMap<>();
        private String current;

        void enter(String key) {
            current = key;
        }

        @Override
        public SymbolCandles value() {
            return states.get(current);
        }

        @Override
        public void update(SymbolCandles value) {
            states.put(current, value);
        }

        @Override
        public void clear() {
            states.remove(current);
        }
    }
}
