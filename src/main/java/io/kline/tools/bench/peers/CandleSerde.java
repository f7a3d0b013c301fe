package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import io.kline.state.KlineTypes;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Candles in the bytes of our own serializer, for Kafka Streams. */
final class CandleSerde implements Serde<Candle> {

    private static final int BYTES = 192;

    private final TypeSerializer<Candle> candles =
            KlineTypes.CANDLE.createSerializer(new SerializerConfigImpl());

    @Override
    public Serializer<Candle> serializer() {
        return (topic, candle) -> candle == null ? null : write(candle);
    }

    @Override
    public Deserializer<Candle> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    private byte[] write(Candle candle) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(BYTES);
            candles.serialize(candle, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }

    private Candle read(byte[] bytes) {
        try {
            return candles.deserialize(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }
}
