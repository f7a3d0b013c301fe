package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.sink.redis.FailurePolicy.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
 * Keeps what has to be written and hands it to one I/O thread, a batch at a time.
 *
 * <p>All fields belong to the task thread. The I/O thread gets a {@link Batch} and gives back an
 * outcome through the mailbox; it alone uses the connection.
 */
final class RedisKlineWriter implements StatefulSinkWriter<Candle, Candle> {

    private static final Logger LOG = LoggerFactory.getLogger(RedisKlineWriter.class);

    /** Lets the candles that one trade changes travel in one call. */
    private static final long LINGER_MILLIS = 5;

    /** Some 50 ms of work for Redis. A fresh candle waits for the batch in flight. */
    private static final int BATCH_CANDLES = 2_048;

    private static final int CALL_CANDLES = 256;

    /** Some 500 MB of candles; only reached when Redis is away while history is replayed. */
    private static final int CAPACITY = 1_000_000;

    private static final long CLOSE_MILLIS = 5_000;

    private final KlineScript script;
    private final RedisConnection connection;
    private final MailboxExecutor mailbox;
    private final RedisSinkMetrics metrics;
    private final LongSupplier clock;
    private final Trouble trouble;
    private final int perInterval;
    private final int capacity;

    /** Ready to be sent. */
    private final PendingCandles pending;

    /** Failed, to be sent again later. */
    private final PendingCandles parked;

    private Batch inFlight = Batch.NONE;
    private final AcknowledgedCandles acknowledged = new AcknowledgedCandles();

    /** Symbols this writer gets candles of; one that came with the state only may be another's. */
    private final Set<String> symbols = new HashSet<>();

    private final Set<String> newSymbols = new LinkedHashSet<>();
    private final Backoff backoff = new Backoff();
    private long epoch;
    private boolean dispatching;
    private boolean retrying;

    /** Nothing of the last batch was executed: nothing is sent until the retry. */
    private boolean outage;

    private boolean closed;

    private final ScheduledExecutorService io =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "kline-redis-writer");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param historySize how many klines before the latest each history keeps
     * @param connection used by the I/O thread, closed with the writer
     * @param clock never goes back, ns
     * @param unwritten candles of an earlier writer's state
     */
    RedisKlineWriter(
            int historySize,
            KlineScript script,
            RedisConnection connection,
            MailboxExecutor mailbox,
            RedisSinkMetrics metrics,
            LongSupplier clock,
            Collection<Candle> unwritten) {
        this(historySize, script, connection, mailbox, metrics, clock, unwritten, CAPACITY);
    }

    /** The same with a limit of one's own for the candles kept. */
    RedisKlineWriter(
            int historySize,
            KlineScript script,
            RedisConnection connection,
            MailboxExecutor mailbox,
            RedisSinkMetrics metrics,
            LongSupplier clock,
            Collection<Candle> unwritten,
            int capacity) {
        this.script = script;
        this.connection = connection;
        this.mailbox = mailbox;
        this.metrics = metrics;
        this.clock = clock;
        this.trouble = new Trouble(clock);
        this.perInterval = historySize + 1;
        this.capacity = capacity;
        this.pending = new PendingCandles(perInterval);
        this.parked = new PendingCandles(perInterval);
        unwritten.forEach(this::enqueue);
        if (!pending.isEmpty()) {
            dispatchSoon();
        }
    }

    /** Takes the candle without waiting for Redis, unless the memory for candles is used up. */
    @Override
    public void write(Candle candle, Context context) throws InterruptedException {
        while (size() >= capacity) {
            mailbox.yield();
        }
        if (symbols.add(candle.symbol())) {
            newSymbols.add(candle.symbol());
        }
        enqueue(candle);
        dispatchSoon();
    }

    /** Waits for Redis at the end of the input only: at a checkpoint the state has everything. */
    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (endOfInput && (size() > 0 || !newSymbols.isEmpty() || inFlight != Batch.NONE)) {
            dispatchSoon();
            mailbox.yield();
        }
    }

    @Override
    public List<Candle> snapshotState(long checkpointId) {
        PendingCandles all = new PendingCandles(perInterval);
        inFlight.changed().forEach(each -> each.candles().forEach(all::add));
        parked.forEach(all::add);
        pending.forEach(all::add);
        List<Candle> candles = new ArrayList<>(all.size());
        all.forEach(candles::add);
        return candles;
    }

    /** Stops within seconds; what is not written stays in the last checkpoint. */
    @Override
    public void close() {
        closed = true;
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

    private int size() {
        return pending.size() + parked.size() + inFlight.size();
    }

    private void enqueue(Candle candle) {
        switch (pending.add(candle)) {
            case COALESCED -> metrics.coalesced.inc();
            case TRIMMED -> metrics.trimmed.inc();
            case NEW -> metrics.pending(size());
        }
    }

    private void dispatchSoon() {
        if (!dispatching && !outage && inFlight == Batch.NONE) {
            dispatching = true;
            after(LINGER_MILLIS, this::dispatch);
        }
    }

    private void dispatch() {
        dispatching = false;
        if (outage || inFlight != Batch.NONE || (pending.isEmpty() && newSymbols.isEmpty())) {
            return;
        }
        Batch batch = new Batch(pending.take(BATCH_CANDLES, CALL_CANDLES), List.copyOf(newSymbols));
        newSymbols.clear();
        inFlight = batch;
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
        Batch batch = inFlight;
        inFlight = Batch.NONE;
        Settlement settlement = new Settlement();
        Iterator<Reply> reply = replies.iterator();
        if (!batch.newSymbols().isEmpty()) {
            settlement.symbols(batch.newSymbols(), reply.next());
        }
        for (ChangedCandles changed : batch.changed()) {
            settlement.candles(changed, reply.next());
        }
        metrics.batchMillis(TimeUnit.NANOSECONDS.toMillis(nanos));
        metrics.reconnects.inc(reached - epoch);
        if (reached != epoch || settlement.lost) {
            epoch = reached;
            reassert();
        }
        outage = settlement.failed && !settlement.executed;
        if (settlement.executed || settlement.failed) {
            metrics.connected(settlement.executed);
        }
        if (settlement.failed) {
            retryLater();
        } else if (parked.isEmpty() && settlement.executed) {
            backoff.reset();
            trouble.over();
        }
        metrics.pending(size());
        dispatch();
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            after(backoff.nextMillis(), this::retry);
        }
    }

    private void retry() {
        retrying = false;
        outage = false;
        parked.forEach(pending::add);
        parked.clear();
        dispatch();
    }

    private void reassert() {
        Collection<Candle> candles = acknowledged.reassert(clock.getAsLong());
        candles.forEach(pending::add);
        newSymbols.addAll(symbols);
        metrics.reasserted.inc(candles.size());
        LOG.info("Redis may have lost candles: writing {} of them again", candles.size());
    }

    private void after(long millis, Runnable action) {
        io.schedule(() -> mail(action::run), millis, TimeUnit.MILLISECONDS);
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

    /** What the replies to one batch amount to. */
    private final class Settlement {

        private boolean executed;
        private boolean failed;
        private boolean lost;

        void candles(ChangedCandles changed, Reply reply) throws IOException {
            switch (FailurePolicy.judge(reply)) {
                case DONE -> results(changed, KlineScript.results((Reply.Answer) reply));
                case REPEAT -> changed.candles().forEach(pending::add);
                case RETRY -> changed.candles().forEach(candle -> park(candle, false, reply));
                case BLOCKED -> changed.candles().forEach(candle -> park(candle, true, reply));
                case FATAL -> throw fatal(reply);
            }
        }

        void symbols(List<String> added, Reply reply) throws IOException {
            Verdict verdict = FailurePolicy.judge(reply);
            switch (verdict) {
                case DONE -> executed = true;
                case REPEAT -> newSymbols.addAll(added);
                case RETRY, BLOCKED -> {
                    newSymbols.addAll(added);
                    fail(verdict == Verdict.BLOCKED, "the set of symbols: " + text(reply));
                }
                case FATAL -> throw fatal(reply);
            }
        }

        private void results(ChangedCandles changed, List<KlineScript.Result> results) {
            executed = true;
            long now = clock.getAsLong();
            for (int i = 0; i < results.size(); i++) {
                Candle candle = changed.candles().get(i);
                KlineScript.Result result = results.get(i);
                lost |= result.latestMissing() && acknowledged.isConfirmed(candle);
                if (result.wrongType()) {
                    park(candle, true, new Reply.Refusal("WRONGTYPE of a key"));
                } else if (result.accepted()) {
                    metrics.accepted.inc();
                    if (symbols.contains(candle.symbol())) {
                        acknowledged.remember(candle, now);
                    }
                } else {
                    metrics.stale.inc();
                }
            }
        }

        private void park(Candle candle, boolean blocked, Reply reply) {
            parked.add(candle);
            metrics.retried.inc();
            if (blocked) {
                metrics.blocked.inc();
            }
            fail(blocked, candle.symbol() + " " + candle.interval() + ": " + text(reply));
        }

        private void fail(boolean blocked, String reason) {
            failed = true;
            trouble.happened(blocked, reason);
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
