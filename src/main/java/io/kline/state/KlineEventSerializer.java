package io.kline.state;

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
            target.writeBoolean(value.stored());
        } else {
            LateTradeSerializer.INSTANCE.serialize(value.late(), target);
        }
    }

    @Override
    public KlineEvent deserialize(DataInputView source) throws IOException {
        if (source.readBoolean()) {
            return new KlineEvent(
                    CandleSerializer.INSTANCE.deserialize(source), null, source.readBoolean());
        }
        return new KlineEvent(null, LateTradeSerializer.INSTANCE.deserialize(source));
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
