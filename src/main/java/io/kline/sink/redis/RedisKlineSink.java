package io.kline.sink.redis;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.WatchedRedis;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes candles to Redis as the latest kline, history and message of their symbol and interval.
 *
 * <p>At least once, and every write may be repeated: Redis never goes back in version. A candle
 * that Redis has not acknowledged is in the checkpoint. An outage of Redis neither fails nor stalls
 * the job; candles wait, the newest version of each, and are written when Redis is back. Only where
 * the memory for them is used up, after a day or so, does the job wait.
 *
 * <p>The candles of a symbol should come to one writer (keyed by symbol); otherwise nothing is
 * wrong, but more is remembered and written.
 */
public final class RedisKlineSink
        implements Sink<Candle>, SupportsWriterState<Candle, UnwrittenCandles> {

    private final RedisSettings settings;
    private final boolean areCorrections;

    /** A sink of candles of which the newest becomes the latest. */
    public RedisKlineSink(RedisSettings settings) {
        this(settings, false);
    }

    private RedisKlineSink(RedisSettings settings, boolean areCorrections) {
        this.settings = settings;
        this.areCorrections = areCorrections;
    }

    /** A sink of corrected candles: they replace others, and never become the first latest. */
    public static RedisKlineSink ofCorrections(RedisSettings settings) {
        return new RedisKlineSink(settings, true);
    }

    @Override
    public StatefulSinkWriter<Candle, UnwrittenCandles> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<Candle, UnwrittenCandles> restoreWriter(
            WriterInitContext context, Collection<UnwrittenCandles> unwritten) {
        Outbox outbox = new Outbox(settings.historySize() + 1);
        unwritten.forEach(outbox::restore);
        ProcessingTimeService time = context.getProcessingTimeService();
        KlineScript script = new KlineScript(settings, areCorrections);
        return new RedisKlineWriter(
                script,
                new WatchedRedis(settings, script),
                context.getMailboxExecutor(),
                new RedisSinkMetrics(context.metricGroup(), time::getCurrentProcessingTime),
                System::nanoTime,
                outbox,
                RedisKlineWriter.MOST_BYTES,
                RedisKlineWriter.LOOK_MILLIS);
    }

    @Override
    public SimpleVersionedSerializer<UnwrittenCandles> getWriterStateSerializer() {
        return new UnwrittenCandlesSerializer();
    }
}
