package io.kline.state;

import io.kline.model.LateTrade;
import io.kline.store.KlineEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of an event on its way to the klines topic. */
final class KlineEventSerializer extends ValueSerializer<KlineEvent> {

    static final KlineEventSerializer INSTANCE = new KlineEventSerializer();

    @Override
    public void serialize(KlineEvent value, DataOutputView target) throws IOException {
        boolean isCandle = value.candle() != null;
        target.writeBoolean(isCandle);
        if (isCandle) {
            CandleSerializer.INSTANCE.serialize(value.candle(), target);
        } else {
            LateTrade late = value.late();
            target.writeUTF(late.interval());
            target.writeLong(late.openTime());
            TradeSerializer.INSTANCE.serialize(late.trade(), target);
            target.writeBoolean(late.carried());
        }
    }

    @Override
    public KlineEvent deserialize(DataInputView source) throws IOException {
        if (source.readBoolean()) {
            return new KlineEvent(CandleSerializer.INSTANCE.deserialize(source), null);
        }
        return new KlineEvent(
                null,
                new LateTrade(
                        source.readUTF(),
                        source.readLong(),
                        TradeSerializer.INSTANCE.deserialize(source),
                        source.readBoolean()));
    }

    @Override
    public TypeSerializerSnapshot<KlineEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KlineEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
