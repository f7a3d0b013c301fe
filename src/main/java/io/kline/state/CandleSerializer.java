package io.kline.state;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes candles. */
final class CandleSerializer extends ValueSerializer<Candle> {

    static final CandleSerializer INSTANCE = new CandleSerializer();

    private CandleSerializer() {
        super(1);
    }

    @Override
    void write(Candle value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeUTF(value.interval());
        target.writeLong(value.openTime());
        target.writeLong(value.closeTime());
        OhlcvFields.write(value.ohlcv(), target);
        target.writeBoolean(value.closed());
        target.writeLong(value.revision());
    }

    @Override
    Candle read(int from, DataInputView source) throws IOException {
        return new Candle(
                new CandleKey(source.readUTF(), source.readUTF(), source.readLong()),
                source.readLong(),
                OhlcvFields.read(source),
                source.readBoolean(),
                source.readLong());
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
