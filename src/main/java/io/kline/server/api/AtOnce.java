package io.kline.server.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much of something each client has under way. Thread safe. */
public final class AtOnce {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /**
     * One more begins.
     *
     * @return how many there are now
     */
    public int begin(String address) {
        return counts.merge(address, 1, Integer::sum);
    }

    /** One ends. */
    public void end(String address) {
        counts.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are. */
    public int of(String address) {
        return counts.getOrDefault(address, 0);
    }
}
