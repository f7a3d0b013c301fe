package io.kline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the ids of executions say of a stretch of candles: an exchange numbers them without a gap,
 * so an id that no candle has is an execution that nobody counted. Ids of trades of zero price or
 * quantity, which no candle counts, are missing as well.
 *
 * @param gaps what is missing, oldest first
 * @param touched open times of the candles that have a gap inside or at one of their ends, ms
 */
public record ExecutionGaps(List<Gap> gaps, Set<Long> touched) {

    /**
     * Executions that no candle has.
     *
     * @param firstId the first id that may be missing
     * @param lastId the last one
     * @param count how many of these are missing; all of them where they lie between two candles
     * @param from when the last execution before them happened, or the candle around them opened,
     *     ms
     * @param to when the candle behind them opened, or the one around them closed, ms
     */
    public record Gap(long firstId, long lastId, long count, long from, long to) {}

    /**
     * Looks at candles of one symbol and interval.
     *
     * <p>Ids and times need not have the same order, so where two candles meet a few ids may be in
     * the other one. They are no gap: what lacks at the end of one candle is one only if it still
     * lacks at the end of every later one.
     *
     * @param candles without a hole between them, oldest first; a few before {@code from} show what
     *     it begins with
     * @param from open time of the first candle whose gaps are wanted, ms
     */
    public static ExecutionGaps of(List<Candle> candles, long from) {
        List<Candle> traded = candles.stream().filter(candle -> !candle.isFlat()).toList();
        if (traded.isEmpty()) {
            return new ExecutionGaps(List.of(), Set.of());
        }
        // One without trades knows the last execution before it.
        Candle before = candles.get(0).isFlat() ? candles.get(0) : null;
        long firstId = before == null ? traded.get(0).firstTradeId() : before.lastId() + 1;
        long[] lacking = lacking(traded, firstId);
        List<Gap> gaps = new ArrayList<>();
        Set<Long> touched = new TreeSet<>();
        long known = 0;
        for (int i = 0; i < lacking.length; i++) {
            Candle candle = traded.get(i);
            if (lacking[i] > known && candle.openTime() >= from) {
                add(lacking[i] - known, before, candle, gaps, touched);
            }
            known = Math.max(known, lacking[i]);
            before = candle;
        }
        touched.removeIf(open -> open < from);
        return new ExecutionGaps(List.copyOf(gaps), Set.copyOf(touched));
    }

    /** How many executions lack up to the end of each candle, and of every later one. */
    private static long[] lacking(List<Candle> traded, long firstId) {
        long[] lacking = new long[traded.size()];
        long counted = 0;
        for (int i = 0; i < lacking.length; i++) {
            counted += traded.get(i).count();
            lacking[i] = traded.get(i).lastTradeId() - firstId + 1 - counted;
        }
        for (int i = lacking.length - 2; i >= 0; i--) {
            lacking[i] = Math.min(lacking[i], lacking[i + 1]);
        }
        return lacking;
    }

    private static void add(
            long count, Candle before, Candle candle, List<Gap> gaps, Set<Long> touched) {
        long room = before == null ? 0 : candle.firstTradeId() - before.lastId() - 1;
        long between = Math.max(0, Math.min(count, room));
        if (between > 0) {
            gaps.add(
                    new Gap(
                            before.lastId() + 1,
                            candle.firstTradeId() - 1,
                            between,
                            before.lastTime(),
                            candle.openTime()));
            touched.add(before.openTime());
        }
        if (count > between) {
            gaps.add(
                    new Gap(
                            candle.firstTradeId(),
                            candle.lastTradeId(),
                            count - between,
                            candle.openTime(),
                            candle.closeTime()));
        }
        touched.add(candle.openTime());
    }
}
