package io.kline.state;

import io.kline.model.LateTrade;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes late trades. */
final class LateTradeSerializer extends ValueSerializer<LateTrade> {

    static final LateTradeSerializer INSTANCE = new LateTradeSerializer();

    private LateTradeSerializer() {
        super(2);
    }

    @Override
    void write(LateTrade value, DataOutputView target) throws IOException {
        target.writeUTF(value.interval());
        target.writeLong(value.openTime());
        TradeFields.write(value.trade(), target);
        target.writeBoolean(value.carried());
        target.writeLong(value.carriedUntil());
        target.writeBoolean(value.opens());
        target.writeLong(value.liveCount());
        target.writeBoolean(value.takenOver());
    }

    @Override
    LateTrade read(int from, DataInputView source) throws IOException {
        return new LateTrade(
                source.readUTF(),
                source.readLong(),
                TradeFields.read(source),
                source.readBoolean(),
                source.readLong(),
                source.readBoolean(),
                source.readLong(),
                from > 1 && source.readBoolean());
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
