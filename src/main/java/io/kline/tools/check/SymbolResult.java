package io.kline.tools.check;

/**
 * What the check of one symbol came to.
 *
 * @param rows candles read from MySQL
 * @param klines klines read from Redis
 * @param trades distinct trades there were when the check began
 * @param setAside what else there was then
 * @param gaps executions that no candle has, or null if nobody wants to know
 */
record SymbolResult(
        Violations violations,
        long rows,
        long klines,
        long trades,
        Tally setAside,
        MissingExecutions gaps) {

    /**
     * @param trades they were compared with, or null
     */
    SymbolResult(
            Violations violations,
            long rows,
            long klines,
            SymbolTrades trades,
            MissingExecutions gaps) {
        this(
                violations,
                rows,
                klines,
                trades == null ? 0 : trades.sure().size(),
                trades == null ? new Tally() : trades.setAside(),
                gaps);
    }
}
