package io.kline.state;

import io.kline.dedupe.SeenIds;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of the ids that have been seen. */
final class SeenIdsSerializer extends ValueSerializer<SeenIds> {

    static final SeenIdsSerializer INSTANCE = new SeenIdsSerializer();

    @Override
    public void serialize(SeenIds value, DataOutputView target) throws IOException {
        target.writeLong(value.forgottenUpTo());
        target.writeInt(value.ranges());
        for (int range = 0; range < value.ranges(); range++) {
            target.writeLong(value.first(range));
            target.writeLong(value.last(range));
        }
    }

    @Override
    public SeenIds deserialize(DataInputView source) throws IOException {
        long forgottenUpTo = source.readLong();
        int ranges = source.readInt();
        long[] firsts = new long[Math.max(2, ranges)];
        long[] lasts = new long[firsts.length];
        for (int range = 0; range < ranges; range++) {
            firsts[range] = source.readLong();
            lasts[range] = source.readLong();
        }
        return new SeenIds(firsts, lasts, ranges, forgottenUpTo);
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
