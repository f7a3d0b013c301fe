package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Candles that Redis has acknowledged and may still lose: the newest of every symbol and interval,
 * and all of the 60 seconds before the last acknowledgement, however long ago that is. Asynchronous
 * replication loses the last moments at a fail-over, an append-only file synced every second the
 * last second of a crash.
 *
 * <p>Memory: about 0.2 KB per symbol and interval, and as much for each older candle of the last 60
 * seconds, of which it keeps at most {@value #MOST_RECENT}. 10,000 symbols of 15 intervals are
 * about 25 MB, and for a minute twice as much when all of them roll over at once; spread over all
 * writers.
 */
final class AcknowledgedCandles {

    /** More are only written when history is being replayed, and a replay can be repeated. */
    static final int MOST_RECENT = 300_000;

    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** By symbol and interval. */
    private final Map<String, Map<String, Newest>> newest = new HashMap<>();

    /** Those before the newest, nearly in the order in which they were acknowledged. */
    private final Map<CandleKey, Recent> recent = new LinkedHashMap<>();

    /**
     * Remembers a candle.
     *
     * @param now when it was acknowledged, by a clock that never goes back, ns
     * @param hasLatest whether its series has a latest kline now
     */
    void remember(Candle candle, long now, boolean hasLatest) {
        Newest last =
                newest.computeIfAbsent(candle.symbol(), any -> new HashMap<>())
                        .computeIfAbsent(candle.interval(), any -> new Newest());
        last.confirmed |= hasLatest;
        byte[] compact = CompactCandle.write(candle);
        if (candle.openTime() < last.openTime) {
            rememberRecent(candle.key(), compact, now);
        } else {
            if (candle.openTime() == last.openTime) {
                compact = CompactCandle.newer(candle.openTime(), last.compact, compact);
            } else if (last.compact != null) {
                CandleKey key = new CandleKey(candle.symbol(), candle.interval(), last.openTime);
                rememberRecent(key, last.compact, last.since);
            }
            last.openTime = candle.openTime();
            last.compact = compact;
            last.since = now;
        }
    }

    /**
     * Whether the latest kline of the same symbol and interval was there since the start or the
     * last {@link #rewrite}: it has to be there still.
     */
    boolean isConfirmed(Candle candle) {
        Newest last = newest.getOrDefault(candle.symbol(), Map.of()).get(candle.interval());
        return last != null && last.confirmed;
    }

    /**
     * Shows everything that is remembered. Nothing is confirmed now.
     *
     * @return how many candles that are
     */
    int rewrite(Consumer<Candle> action) {
        int shown = recent.size();
        for (Map.Entry<String, Map<String, Newest>> symbol : newest.entrySet()) {
            symbol.getValue()
                    .forEach(
                            (interval, each) -> {
                                each.confirmed = false;
                                action.accept(each.candle(symbol.getKey(), interval));
                            });
            shown += symbol.getValue().size();
        }
        recent.forEach((key, each) -> action.accept(each.candle(key)));
        return shown;
    }

    private void rememberRecent(CandleKey key, byte[] compact, long since) {
        Recent before = recent.remove(key);
        recent.put(
                key,
                new Recent(
                        before == null
                                ? compact
                                : CompactCandle.newer(key.openTime(), before.compact, compact),
                        since));
    }

    /**
     * Forgets what is too old or too much. Not before it was written again, if that is due: an
     * acknowledgement may be by a server that has taken over without what it makes too old.
     *
     * @param now when Redis has last acknowledged candles, ns
     */
    void forget(long now) {
        Iterator<Recent> each = recent.values().iterator();
        while (each.hasNext()) {
            Recent oldest = each.next();
            if (recent.size() <= MOST_RECENT && now - oldest.since <= RECENT_NANOS) {
                return;
            }
            each.remove();
        }
    }

    private record Recent(byte[] compact, long since) {

        Candle candle(CandleKey key) {
            return CompactCandle.read(key.symbol(), key.interval(), key.openTime(), compact);
        }
    }

    /**
     * Bytes as well: there is one for each series, and they take a quarter of what objects take.
     */
    private static final class Newest {

        private long openTime = Long.MIN_VALUE;
        private byte[] compact;
        private long since;
        private boolean confirmed;

        Candle candle(String symbol, String interval) {
            return CompactCandle.read(symbol, interval, openTime, compact);
        }
    }
}
