package io.kline.state;

import io.kline.model.RawRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes records as they came from Kafka, as a part of other values. */
final class RawRecords {

    private static final int NULL = -1;

    private RawRecords() {}

    static void write(RawRecord raw, DataOutputView target) throws IOException {
        target.writeInt(raw.partition());
        target.writeLong(raw.offset());
        writeBytes(raw.key(), target);
        writeBytes(raw.value(), target);
    }

    static RawRecord read(DataInputView source) throws IOException {
        return new RawRecord(
                source.readInt(), source.readLong(), readBytes(source), readBytes(source));
    }

    /** A record's key and value may be null. */
    private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
        target.writeInt(bytes == null ? NULL : bytes.length);
        if (bytes != null) {
            target.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length == NULL) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }
}
