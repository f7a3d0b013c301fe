package io.kline.state;

import io.kline.model.LateTrade;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a late trade. */
final class LateTradeSerializer extends ValueSerializer<LateTrade> {

    static final LateTradeSerializer INSTANCE = new LateTradeSerializer();

    @Override
    public void serialize(LateTrade value, DataOutputView target) throws IOException {
        target.writeUTF(value.interval());
        target.writeLong(value.openTime());
        TradeSerializer.INSTANCE.serialize(value.trade(), target);
        target.writeBoolean(value.carried());
    }

    @Override
    public LateTrade deserialize(DataInputView source) throws IOException {
        return new LateTrade(
                source.readUTF(),
                source.readLong(),
                TradeSerializer.INSTANCE.deserialize(source),
                source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<LateTrade> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LateTrade> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
