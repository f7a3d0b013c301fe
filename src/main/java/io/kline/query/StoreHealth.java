package io.kline.query;

import java.time.Duration;

/**
 * Whether a store answers.
 *
 * @param up whether it does
 * @param problem why not, without secrets; null when up
 * @param latency how long it took to find out
 */
public record StoreHealth(boolean up, String problem, Duration latency) {

    static StoreHealth of(Probe probe) {
        long start = System.nanoTime();
        String problem = null;
        try {
            probe.check();
        } catch (StoreAwayException e) {
            problem = e.getMessage();
        }
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        return new StoreHealth(problem == null, problem, latency);
    }

    /** Something that asks a store. */
    interface Probe {
        void check() throws StoreAwayException;
    }
}
