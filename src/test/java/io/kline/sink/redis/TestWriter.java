package io.kline.sink.redis;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.WatchedRedis;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;

/** A writer whose task thread is the test's: its mails run while the test waits. */
final class TestWriter implements AutoCloseable {

    static final int HISTORY = 3;

    final RedisSinkMetrics metrics =
            new RedisSinkMetrics(UnregisteredMetricsGroup.createSinkWriterMetricGroup(), () -> 0);
    final RedisKlineWriter writer;
    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(
                    new TaskMailboxImpl(Thread.currentThread()),
                    0,
                    StreamTaskActionExecutor.IMMEDIATE);

    private TestWriter(
            KlineScript script, RedisConnection connection, Outbox outbox, long mostBytes) {
        this(script, connection, outbox, mostBytes, RedisKlineWriter.LOOK_MILLIS);
    }

    private TestWriter(
            KlineScript script,
            RedisConnection connection,
            Outbox outbox,
            long mostBytes,
            long lookMillis) {
        writer =
                new RedisKlineWriter(
                        script,
                        connection,
                        mailbox,
                        metrics,
                        System::nanoTime,
                        outbox,
                        mostBytes,
                        lookMillis);
    }

    /** On a connection of the test, restored with unwritten candles. */
    static TestWriter on(RedisConnection connection, long mostBytes, Candle... unwritten) {
        KlineScript script = new KlineScript(CandleStores.single("any:1"), false);
        return new TestWriter(script, connection, outbox(unwritten), mostBytes);
    }

    /** Of corrected candles. */
    static TestWriter ofCorrections(RedisConnection connection) {
        KlineScript script = new KlineScript(CandleStores.single("any:1"), true);
        return new TestWriter(script, connection, outbox(), RedisKlineWriter.MOST_BYTES);
    }

    /** Of corrected candles, that asks a quiet server all the time. */
    static TestWriter thatLooks(RedisConnection connection) {
        KlineScript script = new KlineScript(CandleStores.single("any:1"), true);
        return new TestWriter(script, connection, outbox(), RedisKlineWriter.MOST_BYTES, 20);
    }

    /** On real servers, restored with unwritten candles. */
    static TestWriter to(RedisSettings settings, Candle... unwritten) {
        KlineScript script = new KlineScript(settings, false);
        return new TestWriter(
                script,
                new WatchedRedis(settings, script),
                outbox(unwritten),
                RedisKlineWriter.MOST_BYTES);
    }

    private static Outbox outbox(Candle... unwritten) {
        Outbox earlier = new Outbox(HISTORY + 1);
        List.of(unwritten).forEach(earlier::add);
        Outbox restored = new Outbox(HISTORY + 1);
        earlier.snapshot().forEach(restored::restore);
        return restored;
    }

    void write(Candle... candles) throws InterruptedException {
        for (Candle candle : candles) {
            writer.write(candle, null);
        }
    }

    /** Writes and waits until Redis has acknowledged everything. */
    void writeAll(Candle... candles) throws InterruptedException {
        write(candles);
        writer.flush(true);
    }

    /** What a writer has to write that is restored from a checkpoint of now. */
    List<Candle> state() throws InterruptedException {
        writer.flush(false);
        PendingCandles all = new PendingCandles(HISTORY + 1, 0);
        writer.snapshotState(1).forEach(each -> each.candles().forEach(all::add));
        return all.take(Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                .flatMap(changed -> changed.candles().stream())
                .toList();
    }

    /** Runs the writer's mails until the condition holds. */
    void until(String what, BooleanSupplier condition) {
        Await.until(
                what,
                () -> {
                    while (mailbox.tryYield()) {
                        continue;
                    }
                    return condition.getAsBoolean();
                });
    }

    @Override
    public void close() {
        writer.close();
    }
}
