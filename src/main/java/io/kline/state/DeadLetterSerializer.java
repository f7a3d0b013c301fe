package io.kline.state;

import io.kline.model.DeadLetter;
import io.kline.model.Reason;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes dead letters. */
final class DeadLetterSerializer extends ValueSerializer<DeadLetter> {

    static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    private DeadLetterSerializer() {
        super(1);
    }

    @Override
    void write(DeadLetter value, DataOutputView target) throws IOException {
        target.writeUTF(value.reason().code());
        target.writeUTF(value.detail());
        RawRecords.write(value.raw(), target);
    }

    @Override
    DeadLetter read(int from, DataInputView source) throws IOException {
        return new DeadLetter(
                Reason.of(source.readUTF()), source.readUTF(), RawRecords.read(source));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
