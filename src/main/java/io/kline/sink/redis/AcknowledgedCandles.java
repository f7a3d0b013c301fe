package io.kline.sink.redis;

import io.kline.model.Candle;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Candles that Redis has acknowledged and may still lose: the newest of every symbol and interval,
 * and all of the last 60 seconds. Asynchronous replication loses the last moments at a fail-over,
 * an append-only file synced every second the last second of a crash.
 *
 * <p>Memory: about 0.6 KB per symbol and interval, and 0.2 KB for each older candle of the last 60
 * seconds, of which it keeps at most {@value #MOST_RECENT}. 10,000 symbols of 15 intervals are
 * about 100 MB, for a minute a third more when all of them roll over at once; spread over all
 * writers.
 */
final class AcknowledgedCandles {

    /** More are only written when history is being replayed, and a replay can be repeated. */
    static final int MOST_RECENT = 300_000;

    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Map<Pair, Newest> newest = new HashMap<>();

    /** Those before the newest, nearly in the order in which they were acknowledged. */
    private final Map<Key, Recent> recent = new LinkedHashMap<>();

    /**
     * Remembers a candle.
     *
     * @param now when it was acknowledged, by a clock that never goes back, ns
     */
    void remember(Candle candle, long now) {
        Pair pair = new Pair(candle.symbol(), candle.interval());
        Newest last = newest.computeIfAbsent(pair, any -> new Newest(candle, now));
        last.confirmed = true;
        if (candle.openTime() < last.candle.openTime()) {
            rememberRecent(pair, candle, now);
        } else {
            if (candle.openTime() > last.candle.openTime()) {
                rememberRecent(pair, last.candle, last.since);
            }
            last.candle = Candle.newer(last.candle, candle);
            last.since = now;
        }
        forget(now);
    }

    /**
     * Whether a candle of the same symbol and interval was acknowledged since the start or the last
     * {@link #reassert}: its latest kline has to be there.
     */
    boolean isConfirmed(Candle candle) {
        Newest last = newest.get(new Pair(candle.symbol(), candle.interval()));
        return last != null && last.confirmed;
    }

    /**
     * Shows everything that is remembered. Nothing is confirmed now.
     *
     * @return how many candles that are
     */
    int reassert(long now, Consumer<Candle> action) {
        forget(now);
        for (Newest each : newest.values()) {
            each.confirmed = false;
            action.accept(each.candle);
        }
        recent.forEach((key, each) -> action.accept(each.candle(key)));
        return newest.size() + recent.size();
    }

    private void rememberRecent(Pair pair, Candle candle, long since) {
        Key key = new Key(pair, candle.openTime());
        Recent before = recent.remove(key);
        boolean isBefore = before != null && Candle.newer(before.candle(key), candle) != candle;
        recent.put(key, new Recent(isBefore ? before.compact : CompactCandle.write(candle), since));
    }

    private void forget(long now) {
        Iterator<Recent> each = recent.values().iterator();
        while (each.hasNext()) {
            Recent oldest = each.next();
            if (recent.size() <= MOST_RECENT && now - oldest.since <= RECENT_NANOS) {
                return;
            }
            each.remove();
        }
    }

    private record Pair(String symbol, String interval) {}

    private record Key(Pair pair, long openTime) {}

    private record Recent(byte[] compact, long since) {

        Candle candle(Key key) {
            return CompactCandle.read(key.pair.symbol, key.pair.interval, key.openTime, compact);
        }
    }

    private static final class Newest {

        private Candle candle;
        private long since;
        private boolean confirmed;

        Newest(Candle candle, long since) {
            this.candle = candle;
            this.since = since;
        }
    }
}
