package io.kline.sink.redis;

import io.kline.model.Candle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Candles that Redis has acknowledged and may still lose: the newest of every symbol and interval,
 * and all of the last 60 seconds. Asynchronous replication loses the last moments at a fail-over,
 * an append-only file synced every second the last second of a crash.
 *
 * <p>Memory: about 0.7 KB per symbol and interval, and as much for each older candle of the last 60
 * seconds, of which it keeps at most {@value #MOST_RECENT}. 10,000 symbols of 15 intervals are
 * about 110 MB, for a minute twice as much when all of them roll over at once; spread over all
 * writers.
 */
final class AcknowledgedCandles {

    /** More are only written when history is being replayed, and a replay can be repeated. */
    static final int MOST_RECENT = 300_000;

    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Map<Pair, Candle> newest = new HashMap<>();
    private final Set<Pair> confirmed = new HashSet<>();
    private final Map<Key, Recent> recent = new LinkedHashMap<>();

    /**
     * Remembers a candle.
     *
     * @param now when it was acknowledged, by a clock that never goes back, ns
     */
    void remember(Candle candle, long now) {
        Pair pair = new Pair(candle.symbol(), candle.interval());
        newest.merge(pair, candle, AcknowledgedCandles::newer);
        confirmed.add(pair);
        Key key = new Key(pair, candle.openTime());
        Recent before = recent.remove(key);
        Candle best = before == null ? candle : newer(before.candle, candle);
        recent.put(key, new Recent(best, now));
        forget(now);
    }

    /**
     * Whether a candle of the same symbol and interval was acknowledged since the start or the last
     * {@link #reassert}: its latest kline has to be there.
     */
    boolean isConfirmed(Candle candle) {
        return confirmed.contains(new Pair(candle.symbol(), candle.interval()));
    }

    /** Everything that is remembered; some candles may be in it twice. Nothing is confirmed now. */
    Collection<Candle> reassert(long now) {
        forget(now);
        confirmed.clear();
        List<Candle> candles = new ArrayList<>(newest.values());
        recent.values().forEach(each -> candles.add(each.candle));
        return candles;
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

    private static Candle newer(Candle a, Candle b) {
        if (a.openTime() != b.openTime()) {
            return a.openTime() > b.openTime() ? a : b;
        }
        return a.version().compareTo(b.version()) > 0 ? a : b;
    }

    private record Pair(String symbol, String interval) {}

    private record Key(Pair pair, long openTime) {}

    private record Recent(Candle candle, long since) {}
}
