package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The candles of one server on their way: one batch is in flight, what failed is tried again later.
 * Used by the task thread.
 */
final class Lane {

    /** Lets the candles that one trade changes travel in one call. */
    private static final long LINGER_MILLIS = 5;

    /** What is being done about the outbox. */
    private enum State {
        /** Nothing is ready to be sent. */
        IDLE,
        /** Something is; others may join it for some milliseconds. */
        LINGERING,
        /** A batch is in flight. */
        ASKING,
        /** Nothing of the last batch was executed: nothing is sent until what failed is retried. */
        OUTAGE
    }

    private final Courier courier;
    private final Outbox outbox;
    private final OutageLog outage;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private State state = State.IDLE;
    private boolean away;
    private boolean hasSent;
    private Candle watched;

    /** Who carries the batches. */
    interface Courier {

        /** Sends a batch; {@link Lane#settled} follows on the task thread. */
        void send(Lane lane, Batch batch);

        /** Runs something later on the task thread. */
        void after(long millis, Runnable action);
    }

    /**
     * @param clock never goes back, ns
     */
    Lane(Courier courier, Outbox outbox, LongSupplier clock) {
        this.courier = courier;
        this.outbox = outbox;
        this.outage = new OutageLog(clock);
    }

    Outbox outbox() {
        return outbox;
    }

    OutageLog outage() {
        return outage;
    }

    /** Whether nothing of the last batch was executed. */
    boolean isAway() {
        return away;
    }

    /**
     * Watches a candle that the server has acknowledged. It has to have that still when it is
     * asked.
     *
     * @param candle null for none
     */
    void watch(Candle candle) {
        watched = candle;
    }

    /** The candle that is watched, or null. */
    Candle watched() {
        return watched;
    }

    /** The candle to ask for, where nothing else was sent since the last call of this. */
    Optional<Candle> due() {
        boolean isQuiet = !hasSent && state == State.IDLE;
        hasSent = false;
        return isQuiet ? Optional.ofNullable(watched) : Optional.empty();
    }

    /** Something may have been added. */
    void dispatchSoon() {
        if (state == State.IDLE && outbox.hasReady()) {
            state = State.LINGERING;
            courier.after(LINGER_MILLIS, this::dispatch);
        }
    }

    /**
     * The batch that was in flight has landed, and what failed is back in the outbox.
     *
     * @param retryIsDue whether something rested there before
     */
    void settled(Settlement settlement, boolean retryIsDue) {
        if (settlement.isExecuted() || settlement.isFailed()) {
            away = !settlement.isExecuted();
        }
        if (!outbox.hasResting()) {
            if (settlement.isExecuted()) {
                backoff.reset();
                outage.over("Redis takes all candles again");
            }
        } else if (!retryIsDue) {
            courier.after(backoff.nextMillis(), this::retry);
        }
        if (settlement.isFailed() && !settlement.isExecuted()) {
            state = State.OUTAGE;
        } else {
            dispatch();
        }
    }

    private void dispatch() {
        if (!outbox.hasReady()) {
            state = State.IDLE;
            return;
        }
        state = State.ASKING;
        hasSent = true;
        courier.send(this, outbox.send());
    }

    private void retry() {
        outbox.wake();
        if (state == State.OUTAGE || state == State.IDLE) {
            dispatch();
        }
    }
}
