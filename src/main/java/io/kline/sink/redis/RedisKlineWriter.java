package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.Backoff;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what is in the {@link Outbox} to one I/O thread, a batch at a time.
 *
 * <p>All fields belong to the task thread. The I/O thread gets a {@link Batch} and gives back an
 * outcome through the mailbox; it alone uses the connection.
 */
final class RedisKlineWriter implements StatefulSinkWriter<Candle, UnwrittenCandles> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisKlineWriter.class);

    /** Lets the candles that one trade changes travel in one call. */
    private static final long LINGER_MILLIS = 5;

    private static final long CLOSE_MILLIS = 5_000;

    /** What the writer is doing about the outbox. */
    private enum State {
        /** Nothing is ready to be sent. */
        IDLE,
        /** Something is; others may join it for some milliseconds. */
        LINGERING,
        /** A batch is in flight. */
        ASKING,
        /** Nothing of the last batch was executed: nothing is sent until what failed is retried. */
        OUTAGE,
        /** Outcomes are of no interest any more. */
        CLOSED
    }

    private final KlineScript script;
    private final RedisConnection connection;
    private final MailboxExecutor mailbox;
    private final RedisSinkMetrics metrics;
    private final LongSupplier clock;
    private final OutageLog outage;
    private final OutageLog stall;
    private final Outbox outbox;
    private final AcknowledgedCandles acknowledged = new AcknowledgedCandles();

    /** Symbols this writer gets candles of; one that came with the state only may be another's. */
    private final Set<String> symbols = new HashSet<>();

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    private long epoch;
    private State state = State.IDLE;

    private final ScheduledExecutorService io =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "kline-redis-writer");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param connection used by the I/O thread, closed with the writer
     * @param clock never goes back, ns
     * @param outbox holds the candles of an earlier writer's state
     */
    RedisKlineWriter(
            KlineScript script,
            RedisConnection connection,
            MailboxExecutor mailbox,
            RedisSinkMetrics metrics,
            LongSupplier clock,
            Outbox outbox) {
        this.script = script;
        this.connection = connection;
        this.mailbox = mailbox;
        this.metrics = metrics;
        this.clock = clock;
        this.outage = new OutageLog(clock);
        this.stall = new OutageLog(clock);
        this.outbox = outbox;
        dispatchSoon();
    }

    /** Takes the candle without waiting for Redis, unless the memory for candles is used up. */
    @Override
    public void write(Candle candle, Context context) throws InterruptedException {
        while (outbox.isFull()) {
            stall.error(
                    "The job waits for Redis: %d candles of %d bytes, the limit, are not written"
                            .formatted(outbox.size(), outbox.bytes()));
            metrics.stalled(true);
            mailbox.yield();
        }
        if (symbols.add(candle.symbol())) {
            outbox.announce(List.of(candle.symbol()));
        }
        switch (outbox.add(candle)) {
            case COALESCED -> metrics.coalesced.inc();
            case TRIMMED -> metrics.trimmed.inc();
            case NEW -> metrics.pending(outbox.size(), outbox.bytes());
        }
        dispatchSoon();
    }

    /** Waits for Redis at the end of the input only: at a checkpoint the state has everything. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (endOfInput && !outbox.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public List<UnwrittenCandles> snapshotState(long checkpointId) {
        return outbox.snapshot();
    }

    /** Stops within seconds; what is not written stays in the last checkpoint. */
    @Override
    public void close() {
        state = State.CLOSED;
        io.shutdownNow();
        try {
            if (!io.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Redis does not answer; its connection is closed nevertheless");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void dispatchSoon() {
        if (state == State.IDLE && outbox.hasReady()) {
            state = State.LINGERING;
            after(LINGER_MILLIS, this::dispatch);
        }
    }

    private void dispatch() {
        if (!outbox.hasReady()) {
            state = State.IDLE;
            return;
        }
        state = State.ASKING;
        Batch batch = outbox.send();
        io.execute(
                () -> {
                    try {
                        long start = clock.getAsLong();
                        List<Reply> replies = connection.ask(batch.calls(script));
                        long nanos = clock.getAsLong() - start;
                        long reached = connection.epoch();
                        mail(() -> complete(replies, reached, nanos));
                    } catch (RuntimeException | Error e) {
                        mail(
                                () -> {
                                    throw new IOException("the Redis sink is broken", e);
                                });
                    }
                });
    }

    private void complete(List<Reply> replies, long reached, long nanos) throws IOException {
        boolean retryIsDue = outbox.hasResting();
        Settlement settlement =
                new Settlement(outbox, acknowledged, symbols, metrics, outage, clock.getAsLong());
        settlement.settle(outbox.landed(), replies);
        metrics.batchMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
        metrics.reconnects.inc(reached - epoch);
        if (reached != epoch || settlement.isLost()) {
            epoch = reached;
            reassert();
        }
        if (settlement.isExecuted() || settlement.isFailed()) {
            metrics.connected(settlement.isExecuted());
        }
        if (!outbox.hasResting()) {
            if (settlement.isExecuted()) {
                backoff.reset();
                outage.over("Redis takes all candles again");
            }
        } else if (!retryIsDue) {
            after(backoff.nextMillis(), this::retry);
        }
        if (outbox.isRoomy()) {
            stall.over("The job goes on, having waited for Redis");
            metrics.stalled(false);
        }
        metrics.pending(outbox.size(), outbox.bytes());
        if (settlement.isFailed() && !settlement.isExecuted()) {
            state = State.OUTAGE;
        } else {
            dispatch();
        }
    }

    private void retry() {
        outbox.wake();
        if (state == State.OUTAGE || state == State.IDLE) {
            dispatch();
        }
    }

    private void reassert() {
        int candles = acknowledged.reassert(clock.getAsLong(), outbox::add);
        outbox.announce(symbols);
        metrics.reasserted.inc(candles);
        LOG.info("Redis may have lost candles: writing {} of them again", candles);
    }

    private void after(long millis, Runnable action) {
        io.schedule(() -> mail(action::run), millis, TimeUnit.MILLISECONDS);
    }

    private void mail(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(
                    () -> {
                        if (state != State.CLOSED) {
                            action.run();
                        }
                    },
                    "Redis sink");
        } catch (RejectedExecutionException e) {
            LOG.debug("the task has ended", e);
        }
    }
}
