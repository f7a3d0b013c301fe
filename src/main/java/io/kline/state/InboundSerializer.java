package io.kline.state;

import io.kline.source.DeadLetter;
import io.kline.source.Inbound;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of what a record turned out to be. */
final class InboundSerializer extends ValueSerializer<Inbound> {

    private static final byte TRADE = 0;
    private static final byte DEAD = 1;
    private static final byte IGNORED = 2;

    static final InboundSerializer INSTANCE = new InboundSerializer();

    @Override
    public void serialize(Inbound value, DataOutputView target) throws IOException {
        target.writeByte(
                value.trade() != null ? TRADE : value.deadLetter() != null ? DEAD : IGNORED);
        if (value.trade() != null) {
            TradeSerializer.INSTANCE.serialize(value.trade(), target);
        } else if (value.deadLetter() != null) {
            write(value.deadLetter(), target);
        }
    }

    @Override
    public Inbound deserialize(DataInputView source) throws IOException {
        return switch (source.readByte()) {
            case TRADE -> Inbound.of(TradeSerializer.INSTANCE.deserialize(source));
            case DEAD -> Inbound.dead(read(source));
            default -> Inbound.IGNORED;
        };
    }

    private static void write(DeadLetter dead, DataOutputView target) throws IOException {
        target.writeUTF(dead.reason());
        target.writeUTF(dead.detail());
        target.writeUTF(dead.topic());
        target.writeInt(dead.partition());
        target.writeLong(dead.offset());
        writeBytes(dead.key(), target);
        writeBytes(dead.value(), target);
    }

    /** Null, as a record's key or value may be, is written as length -1. */
    private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
        target.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            target.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    private static DeadLetter read(DataInputView source) throws IOException {
        return new DeadLetter(
                source.readUTF(),
                source.readUTF(),
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                readBytes(source),
                readBytes(source));
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
