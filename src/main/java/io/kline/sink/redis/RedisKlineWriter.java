package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.DaemonThread;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
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
 * Hands what is in the {@link Lanes} to I/O threads: a batch at a time for each server.
 *
 * <p>All fields belong to the task thread. An I/O thread gets a {@link Batch} and gives back an
 * outcome through the mailbox.
 *
 * <p>Bounded in bytes: 64 MB hold 700,000 waiting candles, a day without Redis for 290 symbols of
 * 15 intervals per writer. At the limit it has to wait.
 */
final class RedisKlineWriter implements StatefulSinkWriter<Candle, UnwrittenCandles>, Lane.Courier {

    /**
     * The limit in the jobs. A checkpoint makes three copies of two thirds of it for a moment, so
     * four full writers in a TaskManager take 0.8 GB.
     */
    static final long MOST_BYTES = 64L << 20;

    /**
     * How often a server is asked that nothing is sent to: whether it has lost what it had is seen
     * by an answer, and a correction may be the last for hours.
     */
    static final long LOOK_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(RedisKlineWriter.class);

    private static final long CLOSE_MILLIS = 5_000;

    private final KlineScript script;
    private final RedisConnection connection;
    private final MailboxExecutor mailbox;
    private final RedisSinkMetrics metrics;
    private final LongSupplier clock;
    private final long mostBytes;
    private final long lookMillis;
    private final OutageLog stall;
    private final Lanes lanes;
    private final AcknowledgedCandles acknowledged = new AcknowledgedCandles();

    /** Symbols this writer gets candles of; one that came with the state only may be another's. */
    private final Set<String> symbols = new HashSet<>();

    private long epoch;
    private boolean isConnected;
    private boolean closed;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("kline-redis-timer"));
    private final ExecutorService io =
            Executors.newCachedThreadPool(DaemonThread.named("kline-redis-writer"));

    /**
     * @param connection used by the I/O threads, closed with the writer
     * @param clock never goes back, ns
     * @param outbox holds the candles of an earlier writer's state
     * @param mostBytes of unwritten candles from where on {@link #write} waits
     * @param lookMillis how often a server is asked that nothing is sent to
     */
    RedisKlineWriter(
            KlineScript script,
            RedisConnection connection,
            MailboxExecutor mailbox,
            RedisSinkMetrics metrics,
            LongSupplier clock,
            Outbox outbox,
            long mostBytes,
            long lookMillis) {
        this.script = script;
        this.connection = connection;
        this.mailbox = mailbox;
        this.metrics = metrics;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.lookMillis = lookMillis;
        this.stall = new OutageLog(clock);
        this.lanes = new Lanes(connection, outbox, each -> new Lane(this, each, clock));
        lanes.all().forEach(Lane::dispatchSoon);
        after(lookMillis, this::look);
    }

    /** Takes the candle without waiting for Redis, unless the memory for candles is used up. */
    @Override
    public void write(Candle candle, Context context) throws InterruptedException {
        while (lanes.bytes() >= mostBytes) {
            stall.error(
                    "The job waits for Redis: %d candles of %d bytes, the limit, are not written"
                            .formatted(lanes.size(), lanes.bytes()));
            metrics.stalled(true);
            mailbox.yield();
        }
        if (symbols.add(candle.symbol())) {
            announce(List.of(candle.symbol()));
        }
        Lane lane = lanes.of(candle.symbol());
        switch (lane.outbox().add(candle)) {
            case COALESCED -> metrics.coalesced.inc();
            case TRIMMED -> metrics.trimmed.inc();
            case NEW -> metrics.pending(lanes.size(), lanes.bytes());
        }
        lane.dispatchSoon();
    }

    /** Waits for Redis at the end of the input only: at a checkpoint the state has everything. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (endOfInput && lanes.any(lane -> !lane.outbox().isEmpty())) {
            mailbox.yield();
        }
    }

    @Override
    public List<UnwrittenCandles> snapshotState(long checkpointId) {
        List<UnwrittenCandles> all = new ArrayList<>();
        lanes.all().forEach(lane -> all.addAll(lane.outbox().snapshot()));
        return all;
    }

    /** Stops within seconds; what is not written stays in the last checkpoint. */
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        io.shutdownNow();
        try {
            if (!io.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Redis does not answer; its connections are closed nevertheless");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    @Override
    public void send(Lane lane, Batch batch) {
        io.execute(
                () -> {
                    try {
                        long start = clock.getAsLong();
                        List<Reply> replies = connection.ask(batch.calls(script));
                        long nanos = clock.getAsLong() - start;
                        long reached = connection.epoch();
                        mail(() -> complete(lane, replies, reached, nanos));
                    } catch (RuntimeException | Error e) {
                        mail(
                                () -> {
                                    throw new IOException("the Redis sink is broken", e);
                                });
                    }
                });
    }

    @Override
    public void after(long millis, Runnable action) {
        timer.schedule(() -> mail(action::run), millis, TimeUnit.MILLISECONDS);
    }

    private void complete(Lane lane, List<Reply> replies, long reached, long nanos)
            throws IOException {
        boolean retryIsDue = lane.outbox().hasResting();
        long now = clock.getAsLong();
        Settlement settlement =
                new Settlement(
                        lane.outbox(),
                        acknowledged,
                        symbols,
                        metrics,
                        lane.outage(),
                        lane.watched(),
                        script.makesLatest(),
                        now);
        settlement.settle(lane.outbox().landed(), replies);
        lane.watch(settlement.watched());
        metrics.batchMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
        if (reached > epoch || settlement.isLost()) {
            metrics.reconnects.inc(Math.max(0, reached - epoch));
            epoch = Math.max(epoch, reached);
            rewrite();
        }
        if (settlement.isExecuted()) {
            acknowledged.forget(now);
        }
        lane.settled(settlement, retryIsDue);
        isConnected |= settlement.isExecuted();
        metrics.connected(isConnected && !lanes.any(Lane::isAway));
        if (lanes.bytes() < mostBytes / 2) {
            stall.over("The job goes on, having waited for Redis");
            metrics.stalled(false);
        }
        metrics.pending(lanes.size(), lanes.bytes());
    }

    /** The same candle once more changes nothing where it still is. */
    private void look() {
        for (Lane lane : lanes.all()) {
            lane.due()
                    .ifPresent(
                            candle -> {
                                lane.outbox().add(candle);
                                lane.dispatchSoon();
                            });
        }
        after(lookMillis, this::look);
    }

    private void rewrite() {
        int candles =
                acknowledged.rewrite(candle -> lanes.of(candle.symbol()).outbox().add(candle));
        // What is written now may be new to the server, and is no loss then.
        lanes.all().forEach(lane -> lane.watch(null));
        announce(symbols);
        metrics.rewritten.inc(candles);
        LOG.info("Redis may have lost candles: writing {} of them again", candles);
        lanes.all().forEach(Lane::dispatchSoon);
    }

    /** Beside the candles, not before them: the set of symbols may be on another server. */
    private void announce(Collection<String> newSymbols) {
        Lane lane = lanes.ofSymbolSet();
        lane.outbox().announce(newSymbols);
        lane.dispatchSoon();
    }

    private void mail(ThrowingRunnable<Exception> action) {
        try {
            mailbox.execute(
                    () -> {
                        if (!closed) {
                            action.run();
                        }
                    },
                    "Redis sink");
        } catch (RejectedExecutionException e) {
            LOG.debug("the task has ended", e);
        }
    }
}
