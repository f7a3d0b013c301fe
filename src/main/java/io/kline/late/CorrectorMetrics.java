package io.kline.late;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the corrector tells about itself. */
final class CorrectorMetrics {

    /** Late trades applied to a stored candle. */
    private final Counter applied;

    /** Late trades that the ledger had already. */
    private final Counter alreadyApplied;

    /** Flat candles written because the candle before them has a new close. */
    private final Counter rippled;

    /** Transactions that failed, to be tried again or for good. */
    private final Counter failed;

    CorrectorMetrics(MetricGroup group) {
        applied = group.counter("correctionsApplied");
        alreadyApplied = group.counter("correctionsAlreadyApplied");
        rippled = group.counter("candlesRippled");
        failed = group.counter("correctionAttemptsFailed");
    }

    void committed(Corrected corrected) {
        applied.inc(corrected.applied());
        alreadyApplied.inc(corrected.alreadyApplied());
        rippled.inc(corrected.rippled());
    }

    void attemptFailed() {
        failed.inc();
    }
}
