package io.kline.state;

import io.kline.model.Candle;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a candle. */
final class CandleSerializer extends ValueSerializer<Candle> {

    static final CandleSerializer INSTANCE = new CandleSerializer();

    @Override
    public void serialize(Candle value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeUTF(value.interval());
        target.writeLong(value.openTime());
        target.writeLong(value.closeTime());
        Decimals.write(value.open(), target);
        Decimals.write(value.high(), target);
        Decimals.write(value.low(), target);
        Decimals.write(value.close(), target);
        Decimals.write(value.volume(), target);
        Decimals.write(value.quoteVolume(), target);
        Decimals.write(value.takerBuyVolume(), target);
        Decimals.write(value.takerBuyQuoteVolume(), target);
        target.writeLong(value.count());
        target.writeLong(value.firstTradeId());
        target.writeLong(value.lastTradeId());
        target.writeLong(value.firstTime());
        target.writeLong(value.lastTime());
        target.writeLong(value.lastId());
        target.writeBoolean(value.closed());
    }

    @Override
    public Candle deserialize(DataInputView source) throws IOException {
        return new Candle(
                source.readUTF(),
                source.readUTF(),
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
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<Candle> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Candle> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
