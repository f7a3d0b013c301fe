package io.kline.history;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the corrector reports about itself. */
final class CorrectorMetrics {

    /** Late trades applied to a stored candle. */
    private final Counter applied;

    /** Late trades that the ledger had already. */
    private final Counter alreadyApplied;

    /** Late trades not applied, since their candle is not the one that the live job gave up. */
    private final Counter disputed;

    /** Late trades not applied, since their candle is not stored and they may not make it. */
    private final Counter withoutCandle;

    /** Flat candles written because the candle before them has a new close. */
    private final Counter carried;

    /** Transactions that failed, to be tried again or for good. */
    private final Counter failed;

    CorrectorMetrics(MetricGroup group) {
        applied = group.counter("correctionsApplied");
        alreadyApplied = group.counter("correctionsAlreadyApplied");
        disputed = group.counter("correctionsDisputed");
        withoutCandle = group.counter("correctionsWithoutCandle");
        carried = group.counter("candlesCarried");
        failed = group.counter("correctionAttemptsFailed");
    }

    void committed(Corrected corrected) {
        applied.inc(corrected.applied());
        alreadyApplied.inc(corrected.alreadyApplied());
        disputed.inc(corrected.disputes().size());
        withoutCandle.inc(corrected.withoutCandle());
        carried.inc(corrected.carried());
    }

    void attemptFailed() {
        failed.inc();
    }
}
