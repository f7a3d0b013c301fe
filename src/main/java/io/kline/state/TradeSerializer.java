package io.kline.state;

import io.kline.model.Trade;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes trades. */
final class TradeSerializer extends ValueSerializer<Trade> {

    static final TradeSerializer INSTANCE = new TradeSerializer();

    private TradeSerializer() {
        super(1);
    }

    @Override
    void write(Trade value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeLong(value.firstId());
        target.writeLong(value.lastId());
        Decimals.write(value.price(), target);
        Decimals.write(value.quantity(), target);
        target.writeLong(value.time());
        target.writeBoolean(value.buyerIsMaker());
    }

    @Override
    Trade read(int from, DataInputView source) throws IOException {
        return new Trade(
                source.readUTF(),
                source.readLong(),
                source.readLong(),
                Decimals.read(source),
                Decimals.read(source),
                source.readLong(),
                source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Trade> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Trade> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
