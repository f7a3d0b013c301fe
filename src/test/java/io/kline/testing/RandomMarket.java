package io.kline.testing;

import io.kline.candle.Rules;
import io.kline.model.Interval;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random market of one symbol: its trades, the records that bring them, and what its candles are
 * made by. At some record {@code kline.allowed-lateness} may become another.
 */
public final class RandomMarket {

    public static final String SYMBOL = "AB";

    private static final List<String> CODES =
            List.of("1m", "3m", "5m", "15m", "1h", "4h", "1d", "3d", "1w", "1M");
    private static final List<Long> LATENESS = List.of(0L, 60_000L, 600_000L, 3_600_000L);
    private static final List<Long> CARRY_FOR =
            List.of(NaiveCandles.FOREVER, 60_000L, 60_001L, 1_200_000L, 7_200_000L, 259_200_000L);
    private static final List<Long> REFRESH = List.of(0L, 0L, 1_500L, 9_000L);
    private static final List<Integer> PAUSES = List.of(500, 20_000, 200_000, 3_000_000);

    public final long seed;
    public final Random random;
    public final List<Interval> intervals = new ArrayList<>();

    /** Each once, in the order of arrival. */
    public final List<Trade> trades = new ArrayList<>();

    /** The trades as they arrive, some of them again. */
    public final List<Trade> records;

    /** The highest time that a job has read, ms. */
    public long present;

    private final Rules first;
    private final Rules second;
    private final int changedAt;

    public RandomMarket(long seed) {
        this.seed = seed;
        random = new Random(seed);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(29 * 60) - 14 * 60) * 60);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Interval interval = Interval.parse(any(CODES), offset);
            if (!intervals.contains(interval)) {
                intervals.add(interval);
            }
        }
        List<Long> refresh = intervals.stream().map(any -> any(REFRESH)).toList();
        first = new Rules(intervals, any(LATENESS), any(CARRY_FOR), refresh);
        second = new Rules(intervals, any(LATENESS), first.carryFor(), refresh);
        trade();
        records = new ArrayList<>(trades);
        repeat();
        changedAt = random.nextInt(2 * records.size());
    }

    private void trade() {
        long time = 1_740_787_200_000L + random.nextInt(7_200_000);
        long id = random.nextInt(1_000);
        int pause = any(PAUSES);
        int delay = random.nextBoolean() ? 10 * any(PAUSES) : 0;
        for (int i = 1 + random.nextInt(100); i > 0; i--) {
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(pause);
            boolean isDelayed = random.nextInt(100) < 40;
            int most = delay == 0 ? 3 * any(PAUSES) : delay;
            Trade trade =
                    new Trade(
                            SYMBOL,
                            id,
                            id + random.nextInt(3),
                            BigDecimal.valueOf(1 + random.nextInt(50), random.nextInt(6)),
                            BigDecimal.valueOf(1 + random.nextInt(50), random.nextInt(6)),
                            time - (isDelayed ? random.nextInt(most) : 0),
                            random.nextBoolean());
            trades.add(trade);
            id = trade.lastId() + 1 + random.nextInt(2);
        }
    }

    /** Behind the original: what came before it would be the first. */
    private void repeat() {
        for (int i = random.nextInt(10); i > 0; i--) {
            Trade again = any(records);
            int original = records.indexOf(again);
            records.add(original + 1 + random.nextInt(records.size() - original), again);
        }
    }

    /** How long after its last trade the symbol gets flat candles, ms. */
    public long carryFor() {
        return first.carryFor();
    }

    /** What holds for a record, in every attempt. */
    public Rules rulesAt(int record) {
        return record < changedAt ? first : second;
    }

    /** Those by which the most records are in time. */
    public Rules widest() {
        boolean isChanged = changedAt < records.size();
        return isChanged && second.allowedLateness() > first.allowedLateness() ? second : first;
    }

    /** One of these. */
    public <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
