package io.kline.state;

import io.kline.model.Inbound.Accepted;
import io.kline.model.Lag;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes trades with the records that they came in. */
final class AcceptedSerializer extends ValueSerializer<Accepted> {

    static final AcceptedSerializer INSTANCE = new AcceptedSerializer();

    private static final Lag[] LAGS = Lag.values();

    private AcceptedSerializer() {
        super(1);
    }

    @Override
    void write(Accepted value, DataOutputView target) throws IOException {
        TradeFields.write(value.trade(), target);
        RawRecords.write(value.raw(), target);
        target.writeLong(value.present());
        target.writeByte(value.lag().ordinal());
    }

    @Override
    Accepted read(int from, DataInputView source) throws IOException {
        return new Accepted(
                TradeFields.read(source),
                RawRecords.read(source),
                source.readLong(),
                LAGS[source.readByte()]);
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
