package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.sink.redis.FailurePolicy.Verdict;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.Reply;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What the replies to one batch amount to: candles are acknowledged, or go back to the outbox to be
 * sent again.
 */
final class Settlement {

    private final Outbox outbox;
    private final AcknowledgedCandles acknowledged;
    private final Set<String> symbols;
    private final RedisSinkMetrics metrics;
    private final OutageLog outage;
    private final boolean makesLatest;
    private final long now;

    private final Candle asked;
    private Candle watched;
    private boolean executed;
    private boolean failed;
    private boolean lost;

    /**
     * @param acknowledged remembers what Redis has stored
     * @param symbols those of which candles are remembered
     * @param watched a candle that the server has acknowledged, or null
     * @param makesLatest whether a candle becomes the latest of its series where there is none
     * @param now by a clock that never goes back, ns
     */
    Settlement(
            Outbox outbox,
            AcknowledgedCandles acknowledged,
            Set<String> symbols,
            RedisSinkMetrics metrics,
            OutageLog outage,
            Candle watched,
            boolean makesLatest,
            long now) {
        this.outbox = outbox;
        this.acknowledged = acknowledged;
        this.symbols = symbols;
        this.metrics = metrics;
        this.outage = outage;
        this.asked = watched;
        this.watched = watched;
        this.makesLatest = makesLatest;
        this.now = now;
    }

    /**
     * Settles what was in flight.
     *
     * @param replies in the order of the calls of the batch
     * @throws IOException if Redis will never be able to execute the calls
     */
    void settle(Batch batch, List<Reply> replies) throws IOException {
        Iterator<Reply> next = replies.iterator();
        if (!batch.newSymbols().isEmpty()) {
            settle(batch.newSymbols(), next.next());
        }
        for (ChangedCandles changed : batch.changed()) {
            settle(changed, next.next());
        }
    }

    /** Whether a server has executed something. */
    boolean isExecuted() {
        return executed;
    }

    /**
     * A candle that the server has and that is remembered: the last one that it took, else the one
     * that was watched, unless it was turned down now. Null if there is none.
     */
    Candle watched() {
        return watched;
    }

    /** Whether something has to be tried again later. */
    boolean isFailed() {
        return failed;
    }

    /** Whether something that was acknowledged is not there any more. */
    boolean isLost() {
        return lost;
    }

    private void settle(ChangedCandles changed, Reply reply) throws IOException {
        Verdict verdict = FailurePolicy.judge(reply);
        switch (verdict) {
            case DONE -> results(changed, KlineScript.results((Reply.Answer) reply));
            case REPEAT -> changed.candles().forEach(outbox::add);
            case RETRY, BLOCKED -> {
                outbox.rest(changed);
                for (Candle candle : changed.candles()) {
                    retried(candle, verdict == Verdict.BLOCKED, reply);
                }
            }
            case FATAL -> throw fatal(reply);
        }
    }

    private void settle(List<String> newSymbols, Reply reply) throws IOException {
        Verdict verdict = FailurePolicy.judge(reply);
        switch (verdict) {
            case DONE -> executed = true;
            case REPEAT -> outbox.announce(newSymbols);
            case RETRY, BLOCKED -> {
                outbox.restAnnounced(newSymbols);
                fail(verdict == Verdict.BLOCKED, "the set of symbols: " + text(reply));
            }
            case FATAL -> throw fatal(reply);
        }
    }

    private void results(ChangedCandles changed, List<KlineScript.Result> results) {
        executed = true;
        for (int i = 0; i < results.size(); i++) {
            Candle candle = changed.candles().get(i);
            KlineScript.Result result = results.get(i);
            boolean isAsked = candle.equals(asked);
            lost |= result.latestMissing() && acknowledged.isConfirmed(candle);
            // It was there: nobody but a server that lost it takes it for new.
            lost |= isAsked && result.accepted() && !result.same();
            if (result.wrongType()) {
                outbox.rest(candle);
                retried(candle, true, new Reply.Refusal("WRONGTYPE of a key"));
            } else if (result.accepted()) {
                metrics.accepted(candle, !result.same());
                if (symbols.contains(candle.symbol())) {
                    acknowledged.remember(candle, now, makesLatest || !result.latestMissing());
                    watched = candle;
                }
            } else {
                metrics.stale.inc();
                watched = isAsked && watched == asked ? null : watched;
            }
        }
    }

    private void retried(Candle candle, boolean blocked, Reply reply) {
        metrics.retried.inc();
        if (blocked) {
            metrics.blocked.inc();
        }
        fail(blocked, candle.symbol() + " " + candle.interval() + ": " + text(reply));
    }

    private void fail(boolean blocked, String reason) {
        failed = true;
        if (blocked) {
            outage.error("Redis refuses candles, they are kept; somebody has to act: " + reason);
        } else {
            outage.warn("Redis does not take candles, they are kept and tried again: " + reason);
        }
    }

    private static IOException fatal(Reply reply) {
        return new IOException("Redis cannot execute the script of candles: " + text(reply));
    }

    private static String text(Reply reply) {
        return reply instanceof Reply.Silence silence
                ? String.valueOf(silence.cause().getMessage())
                : ((Reply.Refusal) reply).error();
    }
}
