package io.kline.fold;

/**
 * The circumstances of one change: whose candles, how far time has come, where results go.
 *
 * @param symbol whose candles
 * @param clock every candle that ends at or before it is closed, ms
 * @param watermark no trade at or before it is expected any more, ms
 * @param allowedLateness how long after its end a candle is remembered for corrections, ms of
 *     watermark
 * @param out receives the results
 */
record Span(String symbol, long clock, long watermark, long allowedLateness, CandleOutput out) {

    /**
     * Whether a candle is past its allowed lateness; the rule of Flink's windows.
     *
     * @param end first ms after the candle
     */
    boolean isForgotten(long end) {
        return end - 1 + allowedLateness <= watermark;
    }
}
