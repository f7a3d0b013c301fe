package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.model.ExecutionGaps;
import io.kline.model.ExecutionGaps.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The executions of a symbol that no candle has. That is no violation: the candles hold what came.
 *
 * @param symbol whose executions
 * @param candles how many candles have trades
 * @param incomplete how many of these have a gap inside or at one of their ends
 * @param missing how many executions are missing
 * @param gaps how many gaps there are
 * @param first the first of these, oldest first
 */
record MissingExecutions(
        String symbol, int candles, int incomplete, long missing, int gaps, List<Gap> first) {

    /**
     * Looks at the candles of one interval.
     *
     * @param candles oldest first
     * @param kept how many gaps are kept, the others only counted
     */
    static MissingExecutions of(String symbol, List<Candle> candles, int kept) {
        ExecutionGaps found = ExecutionGaps.of(candles, Long.MIN_VALUE);
        return new MissingExecutions(
                symbol,
                (int) candles.stream().filter(candle -> !candle.isFlat()).count(),
                found.touched().size(),
                found.gaps().stream().mapToLong(Gap::count).sum(),
                found.gaps().size(),
                found.gaps().stream().limit(kept).toList());
    }

    /** A line for people. */
    String line(Gap gap) {
        return String.format(
                Locale.ROOT,
                "gap %s: %,d of the executions %d to %d, between %s and %s",
                symbol,
                gap.count(),
                gap.firstId(),
                gap.lastId(),
                Instant.ofEpochMilli(gap.from()),
                Instant.ofEpochMilli(gap.to()));
    }
}
