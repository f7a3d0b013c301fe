package io.kline.history;

import io.kline.model.Candle;
import io.kline.store.heal.HealSettings;
import io.kline.store.heal.HistoryHealer;
import io.kline.store.heal.UpToDate;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Keeps the histories in Redis whole, in a thread of its own beside the stream of the job: a look
 * at the start, and then again and again. Emits nothing, has no state, and never fails the job: a
 * store that is away is waited for. To be run by one subtask.
 *
 * <p>A source, since that makes it a region of its own: neither its restart nor a slow store
 * touches the way of the candles to MySQL, and no checkpoint waits for it.
 */
public final class HealSource implements Source<Candle, HealSource.NoSplit, Void> {

    private final HealSettings settings;
    private final UpToDate upToDate;
    private final Duration interval;

    /**
     * @param interval time from the end of a look to the next one
     */
    public HealSource(HealSettings settings, UpToDate upToDate, Duration interval) {
        this.settings = settings;
        this.upToDate = upToDate;
        this.interval = interval;
    }

    /** There is nothing to be divided. */
    public record NoSplit() implements SourceSplit {
        @Override
        public String splitId() {
            return "none";
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Candle, NoSplit> createReader(SourceReaderContext context) {
        HealMetrics metrics = new HealMetrics(context.metricGroup(), System::nanoTime);
        return new HealReader(
                () -> HistoryHealer.open(settings, upToDate, metrics::healed), metrics, interval);
    }

    @Override
    public SplitEnumerator<NoSplit, Void> createEnumerator(
            SplitEnumeratorContext<NoSplit> context) {
        return new NoSplits();
    }

    @Override
    public SplitEnumerator<NoSplit, Void> restoreEnumerator(
            SplitEnumeratorContext<NoSplit> context, Void checkpoint) {
        return new NoSplits();
    }

    @Override
    public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
        return new Nothing<>(new NoSplit());
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        return new Nothing<>(null);
    }

    private static final class NoSplits implements SplitEnumerator<NoSplit, Void> {

        @Override
        public void start() {
            // Nothing is to be found.
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {
            // Nobody asks.
        }

        @Override
        public void addSplitsBack(List<NoSplit> splits, int subtask) {
            // None was given out.
        }

        @Override
        public void addReader(int subtask) {
            // It gets no split.
        }

        @Override
        public Void snapshotState(long checkpointId) {
            return null;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private record Nothing<T>(T value) implements SimpleVersionedSerializer<T> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T ignored) {
            return new byte[0];
        }

        @Override
        public T deserialize(int version, byte[] serialized) {
            return value;
        }
    }
}
