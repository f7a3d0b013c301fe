package io.kline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.ExecutionGaps.Gap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionGapsTest {

    private static final long MINUTE = 60_000;

    @Test
    void contiguousCandlesHaveNoGap() {
        ExecutionGaps all = ExecutionGaps.of(candles(trades(0, 1, 2, 3), trades(1, 4, 5)), 0);
        assertThat(all.gaps()).isEmpty();
        assertThat(all.touched()).isEmpty();
    }

    @Test
    void whatIsMissingBetweenTwoCandlesIsNamed() {
        List<Candle> candles = candles(trades(0, 1, 2), trades(1), trades(2, 6, 7));
        ExecutionGaps all = ExecutionGaps.of(candles, 0);
        assertThat(all.gaps()).containsExactly(new Gap(3, 5, 3, 1, 2 * MINUTE));
        assertThat(all.touched()).containsExactlyInAnyOrder(0L, 2 * MINUTE);
    }

    @Test
    void whatIsMissingInsideIsCounted() {
        ExecutionGaps all = ExecutionGaps.of(candles(trades(0, 1, 2), trades(1, 3, 5, 8)), 0);
        assertThat(all.gaps()).containsExactly(new Gap(3, 8, 3, MINUTE, 2 * MINUTE - 1));
        assertThat(all.touched()).containsExactly(MINUTE);
    }

    @Test
    void candlesBeforeSayWhatTheFirstBeginsWith() {
        List<Candle> candles = candles(trades(0, 1, 4), trades(1), trades(2, 6));
        ExecutionGaps all = ExecutionGaps.of(candles, 2 * MINUTE);
        assertThat(all.gaps()).containsExactly(new Gap(5, 5, 1, 1, 2 * MINUTE));
        assertThat(all.touched()).containsExactly(2 * MINUTE);
        assertThat(ExecutionGaps.of(candles.subList(1, 3), 2 * MINUTE)).isEqualTo(all);
        assertThat(ExecutionGaps.of(candles.subList(2, 3), 2 * MINUTE).gaps()).isEmpty();
        assertThat(ExecutionGaps.of(List.of(), 0).gaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void idsThatAreOutOfOrderAreNoGaps(long seed) {
        Random random = new Random(seed);
        List<Trade> trades = new ArrayList<>();
        for (long id = 1; id <= 2_000; id++) {
            trades.add(trade(id, id * 400 + random.nextInt(2_000)));
        }
        assertThat(ExecutionGaps.of(folded(trades), 0).gaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void asManyAreMissingAsWereTakenOut(long seed) {
        Random random = new Random(seed);
        List<Trade> trades = new ArrayList<>();
        int taken = 0;
        for (long id = 1; id <= 2_000; id++) {
            if (id > 1 && id < 2_000 && random.nextInt(50) == 0) {
                taken++;
            } else {
                trades.add(trade(id, id * 400));
            }
        }
        ExecutionGaps all = ExecutionGaps.of(folded(trades), 0);
        assertThat(all.gaps().stream().mapToLong(Gap::count).sum()).isEqualTo(taken).isPositive();
    }

    /** Executions of a minute, one a millisecond. */
    private record Minute(long open, long... ids) {}

    private static Minute trades(long minute, long... ids) {
        return new Minute(minute * MINUTE, ids);
    }

    private static List<Candle> candles(Minute... minutes) {
        List<Candle> candles = new ArrayList<>();
        Ohlcv last = null;
        for (Minute minute : minutes) {
            Ohlcv content = last == null ? null : last.carried();
            for (int i = 0; i < minute.ids.length; i++) {
                Ohlcv trade = Ohlcv.of(trade(minute.ids[i], minute.open + i));
                content = i == 0 ? trade : content.plus(trade);
            }
            candles.add(candle(minute.open, content));
            last = content;
        }
        return candles;
    }

    private static List<Candle> folded(List<Trade> trades) {
        TreeMap<Long, Ohlcv> minutes = new TreeMap<>();
        trades.stream()
                .sorted(Comparator.comparing(Trade::time).thenComparing(Trade::id))
                .forEach(
                        trade ->
                                minutes.merge(
                                        trade.time() / MINUTE * MINUTE,
                                        Ohlcv.of(trade),
                                        Ohlcv::plus));
        List<Candle> candles = new ArrayList<>();
        minutes.forEach((open, content) -> candles.add(candle(open, content)));
        return candles;
    }

    private static Candle candle(long open, Ohlcv content) {
        CandleKey key = new CandleKey("A", "1m", open);
        return new Candle(key, open + MINUTE - 1, content, true);
    }

    private static Trade trade(long id, long time) {
        return new Trade("A", id, id, BigDecimal.ONE, BigDecimal.ONE, time, false);
    }
}
