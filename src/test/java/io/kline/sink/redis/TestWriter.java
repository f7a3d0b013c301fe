package io.kline.sink.redis;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import java.util.Collection;
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
            new RedisSinkMetrics(UnregisteredMetricsGroup.createSinkWriterMetricGroup());
    final RedisKlineWriter writer;
    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(
                    new TaskMailboxImpl(Thread.currentThread()),
                    0,
                    StreamTaskActionExecutor.IMMEDIATE);

    private TestWriter(
            KlineScript script,
            RedisConnection connection,
            Collection<Candle> unwritten,
            int capacity) {
        writer =
                new RedisKlineWriter(
                        HISTORY,
                        script,
                        connection,
                        mailbox,
                        metrics,
                        System::nanoTime,
                        unwritten,
                        capacity);
    }

    /** On a connection of the test, restored with unwritten candles. */
    static TestWriter on(RedisConnection connection, int capacity, Candle... unwritten) {
        return new TestWriter(new KlineScript(HISTORY), connection, List.of(unwritten), capacity);
    }

    /** On real servers, restored with unwritten candles. */
    static TestWriter to(RedisSettings settings, Candle... unwritten) {
        KlineScript script = new KlineScript(HISTORY);
        return new TestWriter(
                script,
                RedisConnections.to(settings, new Pipeline(script.text())),
                List.of(unwritten),
                1_000);
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

    /** What a checkpoint holds. */
    List<Candle> state() throws InterruptedException {
        writer.flush(false);
        return writer.snapshotState(1);
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
