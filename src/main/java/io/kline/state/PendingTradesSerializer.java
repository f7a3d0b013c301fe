package io.kline.state;

import io.kline.window.Partial;
import io.kline.window.PendingTrades;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of the trades that wait to be merged. */
final class PendingTradesSerializer extends ValueSerializer<PendingTrades> {

    static final PendingTradesSerializer INSTANCE = new PendingTradesSerializer();

    @Override
    public void serialize(PendingTrades value, DataOutputView target) throws IOException {
        write(value.partials(), target);
        write(value.alone(), target);
        target.writeLong(value.aloneBefore());
    }

    @Override
    public PendingTrades deserialize(DataInputView source) throws IOException {
        return new PendingTrades(read(source), read(source), source.readLong());
    }

    private static void write(List<Partial> partials, DataOutputView target) throws IOException {
        target.writeInt(partials.size());
        for (Partial partial : partials) {
            PartialSerializer.INSTANCE.serialize(partial, target);
        }
    }

    private static List<Partial> read(DataInputView source) throws IOException {
        int size = source.readInt();
        List<Partial> partials = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            partials.add(PartialSerializer.INSTANCE.deserialize(source));
        }
        return partials;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public PendingTrades copy(PendingTrades from) {
        return new PendingTrades(
                new ArrayList<>(from.partials()),
                new ArrayList<>(from.alone()),
                from.aloneBefore());
    }

    @Override
    public TypeSerializerSnapshot<PendingTrades> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PendingTrades> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
