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
 * @param gaps oldest first
 */
record MissingExecutions(String symbol, int candles, int incomplete, List<Gap> gaps) {

    /**
     * Looks at the candles of one interval.
     *
     * @param candles oldest first
     */
    static MissingExecutions of(String symbol, List<Candle> candles) {
        ExecutionGaps found = ExecutionGaps.of(candles, Long.MIN_VALUE);
        int traded = (int) candles.stream().filter(candle -> !candle.isFlat()).count();
        return new MissingExecutions(symbol, traded, found.touched().size(), found.gaps());
    }

    /** How many executions are missing. */
    long count() {
        return gaps.stream().mapToLong(Gap::count).sum();
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
