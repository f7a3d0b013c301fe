package io.kline.state;

import io.kline.dedupe.SeenIds;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of the executions that were seen. */
final class SeenIdsSerializer extends ValueSerializer<SeenIds> {

    private static final byte LAYOUT = 1;

    static final SeenIdsSerializer INSTANCE = new SeenIdsSerializer();

    @Override
    public void serialize(SeenIds value, DataOutputView target) throws IOException {
        target.writeByte(LAYOUT);
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
    public SeenIds deserialize(DataInputView source) throws IOException {
        int layout = source.readByte();
        if (layout != LAYOUT) {
            throw new IOException("unknown layout of the executions that were seen: " + layout);
        }
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
        return new SeenIds(firsts, lasts, times, ranges, forgottenUpTo, newest);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SeenIds copy(SeenIds from) {
        return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<SeenIds> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenIds> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
