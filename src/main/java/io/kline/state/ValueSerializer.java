package io.kline.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of a value of variable length. The first byte names the layout of the others, so that
 * a later build reads what an earlier one wrote. A part of a value has no such byte: whoever
 * changes one raises the layout of every value that holds it.
 *
 * @param <T> the value's type
 */
abstract class ValueSerializer<T> extends TypeSerializerSingleton<T> {

    private final byte layout;

    /**
     * @param layout number of the layout that is written; those from 1 on are read
     */
    ValueSerializer(int layout) {
        this.layout = (byte) layout;
    }

    /** Writes a value in the newest layout. */
    abstract void write(T value, DataOutputView target) throws IOException;

    /** Reads a value in one of the layouts. */
    abstract T read(int from, DataInputView source) throws IOException;

    /** Reads a part of a value that was written by the same build. */
    final T readNewest(DataInputView source) throws IOException {
        return read(layout, source);
    }

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        target.writeByte(layout);
        write(value, target);
    }

    /**
     * @throws IOException naming the layout if no build up to this one has written it
     */
    @Override
    public final T deserialize(DataInputView source) throws IOException {
        int from = source.readByte();
        if (from < 1 || from > layout) {
            throw new IOException(
                    getClass().getSimpleName() + " knows layouts 1 to " + layout + ", not " + from);
        }
        return read(from, source);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }
}
