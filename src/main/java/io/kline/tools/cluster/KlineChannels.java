package io.kline.tools.cluster;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** Every change of every candle, as Redis publishes it. */
public final class KlineChannels implements Closeable {

    private final Closeable channels;

    /**
     * Begins to listen.
     *
     * @param listener called by one thread, on a Cluster by one for each node
     */
    public KlineChannels(RedisSettings settings, Consumer<Candle> listener) {
        Consumer<String> messages = text -> listener.accept(KlineJson.read(text));
        channels =
                settings.mode() == RedisSettings.Mode.CLUSTER
                        ? new KnownChannels(settings, messages)
                        : new AllChannels(settings, messages);
    }

    @Override
    public void close() throws IOException {
        channels.close();
    }
}
