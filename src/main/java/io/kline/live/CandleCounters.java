package io.kline.live;

import io.kline.state.KeptCounters;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the operator of candles counts; the counts survive restarts. */
final class CandleCounters {

    /** Trades that are in the candles now, or on their way to the corrector. */
    final Counter accepted;

    /** Trades that had been counted before. */
    final Counter duplicates;

    /** Trades that cannot be counted. */
    final DeadLetterCounters rejected;

    /** Versions of candles. */
    final Counter candles;

    /** Those that were closed. */
    final Counter closed;

    /** Candles issued again as they were. */
    final Counter reissued;

    /** Late trades, one for each interval that they are late for. */
    final Counter late;

    private final KeptCounters kept;
    private final MetricGroup metrics;

    CandleCounters(OperatorStateStore store, MetricGroup metrics) throws Exception {
        this.kept = new KeptCounters(store);
        this.metrics = metrics;
        accepted = kept.counter("accepted", metrics, "accepted");
        duplicates = kept.counter("duplicates", metrics, "duplicates");
        rejected = new DeadLetterCounters(kept, metrics);
        candles = kept.counter("candles", metrics, "candles");
        closed = kept.counter("closedCandles", metrics, "closedCandles");
        reissued = kept.counter("reissuedCandles", metrics, "reissuedCandles");
        late = kept.counter("lateTrades", metrics, "lateTrades");
    }

    /** Registers what changes without being counted. */
    void gauges(LiveSymbols symbols, MergeGrid grid, Ticker ticker, boolean isRestored) {
        metrics.gauge("startedWithoutState", () -> isRestored ? 0 : 1);
        metrics.gauge("symbols", () -> symbols.all().size());
        metrics.gauge(
                "restingSymbols",
                () -> symbols.all().stream().filter(symbol -> symbol.isResting).count());
        metrics.gauge("fillingSymbols", grid::filling);
        metrics.gauge("ticksHeld", () -> ticker.hold().ordinal());
        metrics.gauge("clockAheadMillis", ticker::clockAhead);
    }

    /** Writes the counts into the state. */
    void snapshot() throws Exception {
        kept.snapshot();
    }
}
