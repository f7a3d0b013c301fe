package io.kline.tools.check;

import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param rows candles read from MySQL
 * @param klines klines read from Redis
 * @param records records of trades there were when it began, or null if trades were not asked for
 * @param trades distinct trades among them that candles were compared with
 * @param setAside the others by symbol; empty is the symbol of those that do not say theirs
 * @param gaps executions that no candle has, by symbol; empty if nobody wants to know
 */
record Summary(
        int symbols,
        int intervals,
        long rows,
        long klines,
        Long records,
        long trades,
        Map<String, Tally> setAside,
        List<MissingExecutions> gaps,
        Violations violations) {

    /** Executions that no candle has. */
    long missingExecutions() {
        return gaps.stream().mapToLong(MissingExecutions::missing).sum();
    }

    boolean isClean() {
        return violations.total() == 0;
    }
}
