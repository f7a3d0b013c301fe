package io.kline.state;

import io.kline.candle.SeenExecutions;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes which executions were seen. */
final class SeenExecutionsSerializer extends ValueSerializer<SeenExecutions> {

    static final SeenExecutionsSerializer INSTANCE = new SeenExecutionsSerializer();

    private SeenExecutionsSerializer() {
        super(1);
    }

    @Override
    void write(SeenExecutions value, DataOutputView target) throws IOException {
        target.writeLong(value.newest());
        target.writeLong(value.forgottenUpTo());
        target.writeInt(value.ranges());
        for (int range = 0; range < value.ranges(); range++) {
            target.writeLong(value.first(range));
            target.writeLong(value.last(range));
            target.writeLong(value.time(range));
        }
    }

    @Override
    SeenExecutions read(int from, DataInputView source) throws IOException {
        long newest = source.readLong();
        long forgottenUpTo = source.readLong();
        int ranges = source.readInt();
        long[] firsts = new long[Math.max(2, ranges)];
        long[] lasts = new long[firsts.length];
        long[] times = new long[firsts.length];
        for (int range = 0; range < ranges; range++) {
            firsts[range] = source.readLong();
            lasts[range] = source.readLong();
            times[range] = source.readLong();
        }
        return new SeenExecutions(firsts, lasts, times, ranges, forgottenUpTo, newest);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SeenExecutions copy(SeenExecutions from) {
        return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<SeenExecutions> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenExecutions> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
