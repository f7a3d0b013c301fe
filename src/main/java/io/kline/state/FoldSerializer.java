package io.kline.state;

import io.kline.fold.Fold;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a fold. */
final class FoldSerializer extends ValueSerializer<Fold> {

    static final FoldSerializer INSTANCE = new FoldSerializer();

    @Override
    public void serialize(Fold value, DataOutputView target) throws IOException {
        target.writeLong(value.firstTime());
        target.writeLong(value.firstId());
        target.writeLong(value.firstTradeId());
        target.writeLong(value.lastTime());
        target.writeLong(value.lastId());
        target.writeLong(value.lastTradeId());
        Decimals.write(value.open(), target);
        Decimals.write(value.high(), target);
        Decimals.write(value.low(), target);
        Decimals.write(value.close(), target);
        Decimals.write(value.volume(), target);
        Decimals.write(value.quoteVolume(), target);
        Decimals.write(value.takerBuyVolume(), target);
        Decimals.write(value.takerBuyQuoteVolume(), target);
        target.writeLong(value.count());
    }

    @Override
    public Fold deserialize(DataInputView source) throws IOException {
        return new Fold(
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<Fold> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Fold> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
