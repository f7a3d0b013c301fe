package io.kline.sink.redis;

import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.RedisKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A lane for each server, so that one that is slow or away holds up its own symbols only. Where a
 * symbol has moved to another server since, a batch still comes to the right one, and only its pace
 * is that of the lane. Used by the task thread.
 */
final class Lanes {

    private final RedisConnection connection;
    private final Outbox first;
    private final Function<Outbox, Lane> opener;
    private final Map<Object, Lane> ofServer = new HashMap<>();
    private final Map<String, Lane> ofKey = new HashMap<>();
    private int topologies;

    /**
     * @param first the outbox of the first lane, restored
     * @param opener makes a lane of an outbox
     */
    Lanes(RedisConnection connection, Outbox first, Function<Outbox, Lane> opener) {
        this.connection = connection;
        this.first = first;
        this.opener = opener;
        topologies = connection.topologies();
        ofSymbolSet();
    }

    /** The lane of a symbol. */
    Lane of(String symbol) {
        if (topologies != connection.topologies()) {
            topologies = connection.topologies();
            ofKey.clear();
        }
        Lane lane = ofKey.get(symbol);
        if (lane == null) {
            lane = ofServer(RedisKeys.latest(symbol, ""));
            ofKey.put(symbol, lane);
        }
        return lane;
    }

    /** The lane of the set of known symbols. */
    Lane ofSymbolSet() {
        return ofServer(RedisKeys.SYMBOLS);
    }

    Collection<Lane> all() {
        return ofServer.values();
    }

    boolean any(Predicate<Lane> property) {
        return ofServer.values().stream().anyMatch(property);
    }

    /** How many candles are not acknowledged. */
    int size() {
        int size = 0;
        for (Lane lane : ofServer.values()) {
            size += lane.outbox().size();
        }
        return size;
    }

    /** What they take in memory, bytes, estimated. */
    long bytes() {
        long bytes = 0;
        for (Lane lane : ofServer.values()) {
            bytes += lane.outbox().bytes();
        }
        return bytes;
    }

    private Lane ofServer(String key) {
        return ofServer.computeIfAbsent(
                connection.server(key),
                any -> opener.apply(ofServer.isEmpty() ? first : first.another()));
    }
}
