package io.kline.state;

import io.kline.model.KlineEvent;
import io.kline.model.KlineEvent.Closed;
import io.kline.model.KlineEvent.Corrected;
import io.kline.model.KlineEvent.Late;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes events of the topic of klines. */
final class KlineEventSerializer extends ValueSerializer<KlineEvent> {

    private static final byte CLOSED = 0;
    private static final byte CORRECTED = 1;
    private static final byte LATE = 2;

    static final KlineEventSerializer INSTANCE = new KlineEventSerializer();

    private KlineEventSerializer() {
        super(2);
    }

    @Override
    void write(KlineEvent value, DataOutputView target) throws IOException {
        if (value instanceof Closed closed) {
            target.writeByte(CLOSED);
            CandleSerializer.INSTANCE.write(closed.candle(), target);
        } else if (value instanceof Corrected corrected) {
            target.writeByte(CORRECTED);
            CandleSerializer.INSTANCE.write(corrected.candle(), target);
        } else {
            target.writeByte(LATE);
            LateTradeSerializer.INSTANCE.write(((Late) value).late(), target);
        }
    }

    @Override
    KlineEvent read(int from, DataInputView source) throws IOException {
        byte type = source.readByte();
        return switch (type) {
            case CLOSED -> new Closed(CandleSerializer.INSTANCE.readNewest(source));
            case CORRECTED -> new Corrected(CandleSerializer.INSTANCE.readNewest(source));
            // Its layouts have the same numbers.
            case LATE -> new Late(LateTradeSerializer.INSTANCE.read(from, source));
            default -> throw new IOException("unknown type of event: " + type);
        };
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
