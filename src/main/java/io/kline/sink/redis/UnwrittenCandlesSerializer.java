package io.kline.sink.redis;

import io.kline.store.KlineJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The writer's state. In version 1 an element was one candle, the kline object in UTF-8. */
final class UnwrittenCandlesSerializer implements SimpleVersionedSerializer<UnwrittenCandles> {

    private static final int SINGLE_CANDLES = 1;
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(UnwrittenCandles unwritten) {
        return unwritten.bytes();
    }

    /**
     * @throws IOException if it was written by a later version, or is damaged
     */
    @Override
    public UnwrittenCandles deserialize(int version, byte[] serialized) throws IOException {
        try {
            return switch (version) {
                case SINGLE_CANDLES -> single(serialized);
                case VERSION -> checked(new UnwrittenCandles(serialized));
                default ->
                        throw new IOException(
                                "unknown version of the Redis sink's state: " + version);
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged state of the Redis sink", e);
        }
    }

    /** Damage has to show here, where the state is read, and not in the middle of a restore. */
    private static UnwrittenCandles checked(UnwrittenCandles unwritten) {
        unwritten.candles();
        return unwritten;
    }

    private static UnwrittenCandles single(byte[] json) {
        PendingCandles one = new PendingCandles(1, 1);
        one.add(KlineJson.read(new String(json, StandardCharsets.UTF_8)));
        return one.snapshot().get(0);
    }
}
