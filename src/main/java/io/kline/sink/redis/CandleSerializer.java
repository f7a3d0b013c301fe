package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** A candle in the writer's state: the kline object in UTF-8. */
final class CandleSerializer implements SimpleVersionedSerializer<Candle> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Candle candle) {
        return KlineJson.write(candle).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IOException if it was not written by this version, or is not a kline
     */
    @Override
    public Candle deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("unknown version of the Redis sink's state: " + version);
        }
        try {
            return KlineJson.read(new String(serialized, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged state of the Redis sink", e);
        }
    }
}
