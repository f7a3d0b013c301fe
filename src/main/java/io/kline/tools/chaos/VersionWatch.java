package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Version;
import io.kline.tools.cluster.KlineChannels;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I4: notes each candle whose version goes back on its channel, and counts those that come again.
 */
final class VersionWatch implements Closeable {

    private final Map<CandleKey, Version> highest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final KlineChannels channels;
    private long messages;
    private long repeated;

    /** Begins to listen. */
    VersionWatch(RedisSettings settings) {
        channels = new KlineChannels(settings, this::seen);
    }

    /** What went back since the last call. */
    synchronized List<String> violations() {
        List<String> found = List.copyOf(violations);
        violations.clear();
        return found;
    }

    /** How many messages were seen. */
    synchronized long messages() {
        return messages;
    }

    /** How many messages had the version that was seen before. */
    synchronized long repeated() {
        return repeated;
    }

    private synchronized void seen(Candle candle) {
        messages++;
        Version version = candle.version();
        Version before = highest.get(candle.key());
        int order = before == null ? -1 : before.compareTo(version);
        if (order > 0) {
            violations.add(candle.key() + " went back from " + before + " to " + version);
        } else if (order == 0) {
            repeated++;
        } else {
            highest.put(candle.key(), version);
        }
    }

    @Override
    public void close() throws IOException {
        channels.close();
    }
}
