package io.kline.state;

import io.kline.window.Partial;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a partial candle. */
final class PartialSerializer extends ValueSerializer<Partial> {

    static final PartialSerializer INSTANCE = new PartialSerializer();

    @Override
    public void serialize(Partial value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeLong(value.minute());
        FoldSerializer.INSTANCE.serialize(value.trades(), target);
    }

    @Override
    public Partial deserialize(DataInputView source) throws IOException {
        return new Partial(
                source.readUTF(), source.readLong(), FoldSerializer.INSTANCE.deserialize(source));
    }

    @Override
    public TypeSerializerSnapshot<Partial> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Partial> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
