package io.kline.history;

import io.kline.model.CandleKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each disputed candle once, with what repairs it. Used by one thread. */
final class DisputeLog {

    private static final Logger LOG = LoggerFactory.getLogger(DisputeLog.class);

    /** When so many are remembered, it starts anew and may repeat some: better than to grow. */
    private static final int REMEMBERED = 10_000;

    private final Set<CandleKey> logged = new HashSet<>();

    void add(List<Dispute> disputes) {
        for (Dispute dispute : disputes) {
            if (logged.size() == REMEMBERED) {
                logged.clear();
            }
            if (logged.add(dispute.candle())) {
                log(dispute);
            }
        }
    }

    private static void log(Dispute dispute) {
        CandleKey candle = dispute.candle();
        LOG.error(
                "Late trades of the candle {} {} {} are not applied. It is stored with {}"
                        + " executions, {} of them late ones, but the live job had counted {}."
                        + " It has to be rebuilt from its trades: symbol {}, interval {}, open time {}"
                        + " ms.",
                candle.symbol(),
                candle.interval(),
                candle.openTime(),
                dispute.stored(),
                dispute.corrected(),
                dispute.live(),
                candle.symbol(),
                candle.interval(),
                candle.openTime());
    }
}
