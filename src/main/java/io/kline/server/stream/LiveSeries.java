package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Version;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The candles of one symbol and interval on their way to the clients that want them. No client sees
 * the version of a candle go back, whatever Redis forgot in a fail-over.
 */
final class LiveSeries {

    /** The newest candles, whose versions are remembered. */
    private static final int REMEMBERED = 16;

    /** Older ones, whose versions are remembered as well: they may still be corrected. */
    private static final int REMEMBERED_OLDER = 64;

    private final InstantSource clock;
    private final TreeMap<Long, Version> versions = new TreeMap<>();
    private final Map<Long, Version> olderVersions =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Version> eldest) {
                    return size() > REMEMBERED_OLDER;
                }
            };
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private Candle newest;

    /** A client and the name by which it knows the stream. */
    private record Subscriber(StreamClient client, String stream) {}

    LiveSeries(InstantSource clock) {
        this.clock = clock;
    }

    /** Adds a client, which gets the newest candle at once if there is one. */
    synchronized void add(StreamClient client, String stream) {
        if (subscribers.add(new Subscriber(client, stream)) && newest != null) {
            client.send(stream, new StreamMessage(newest, clock.millis()));
        }
    }

    synchronized void remove(StreamClient client, String stream) {
        subscribers.remove(new Subscriber(client, stream));
    }

    synchronized boolean isWanted() {
        return !subscribers.isEmpty();
    }

    /** Open time of the oldest candle that is remembered, or null. */
    synchronized Long rememberedSince() {
        return versions.isEmpty() ? null : versions.firstKey();
    }

    /** Passes a candle on, unless it has been already or a newer version of it has. */
    synchronized void accept(Candle candle) {
        boolean isOld = versions.size() == REMEMBERED && candle.openTime() < versions.firstKey();
        Map<Long, Version> passed = isOld ? olderVersions : versions;
        Version known = passed.get(candle.openTime());
        if (known != null && candle.version().compareTo(known) <= 0) {
            return;
        }
        passed.put(candle.openTime(), candle.version());
        if (versions.size() > REMEMBERED) {
            Map.Entry<Long, Version> older = versions.pollFirstEntry();
            olderVersions.put(older.getKey(), older.getValue());
        }
        if (newest == null || candle.openTime() >= newest.openTime()) {
            newest = candle;
        }
        StreamMessage message = new StreamMessage(candle, clock.millis());
        for (Subscriber subscriber : subscribers) {
            subscriber.client.send(subscriber.stream, message);
        }
    }
}
