package io.kline.state;

import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Inbound.Ignored;
import io.kline.model.Inbound.Rejected;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes what became of records. */
final class InboundSerializer extends ValueSerializer<Inbound> {

    private static final byte ACCEPTED = 0;
    private static final byte REJECTED = 1;
    private static final byte IGNORED = 2;

    static final InboundSerializer INSTANCE = new InboundSerializer();

    private InboundSerializer() {
        super(1);
    }

    @Override
    void write(Inbound value, DataOutputView target) throws IOException {
        if (value instanceof Accepted accepted) {
            target.writeByte(ACCEPTED);
            AcceptedSerializer.INSTANCE.write(accepted, target);
        } else if (value instanceof Rejected rejected) {
            target.writeByte(REJECTED);
            DeadLetterSerializer.INSTANCE.write(rejected.deadLetter(), target);
        } else {
            target.writeByte(IGNORED);
        }
    }

    @Override
    Inbound read(int from, DataInputView source) throws IOException {
        byte type = source.readByte();
        return switch (type) {
            case ACCEPTED -> AcceptedSerializer.INSTANCE.readNewest(source);
            case REJECTED -> new Rejected(DeadLetterSerializer.INSTANCE.readNewest(source));
            case IGNORED -> Ignored.INSTANCE;
            default -> throw new IOException("unknown type of record: " + type);
        };
    }

    @Override
    public TypeSerializerSnapshot<Inbound> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Inbound> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
