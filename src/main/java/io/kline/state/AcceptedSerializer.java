package io.kline.state;

import io.kline.model.Inbound.Accepted;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes trades with the records that they came in. */
final class AcceptedSerializer extends ValueSerializer<Accepted> {

    static final AcceptedSerializer INSTANCE = new AcceptedSerializer();

    private AcceptedSerializer() {
        super(1);
    }

    @Override
    void write(Accepted value, DataOutputView target) throws IOException {
        TradeFields.write(value.trade(), target);
        RawRecords.write(value.raw(), target);
        target.writeLong(value.present());
        target.writeBoolean(value.behind());
    }

    @Override
    Accepted read(int from, DataInputView source) throws IOException {
        return new Accepted(
                TradeFields.read(source),
                RawRecords.read(source),
                source.readLong(),
                source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Accepted> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Accepted> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
