package io.kline.tools.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One direction of a network: how long bytes take, and how many go through it. Thread safe. */
final class Line {

    private long delay;
    private long bytesPerSecond;
    private long free;

    /** Bytes arrive that much later. */
    synchronized void delay(Duration time) {
        delay = time.toNanos();
    }

    /** That many bytes go through it in a second; 0 for any number. */
    synchronized void limit(long bytes) {
        bytesPerSecond = bytes;
    }

    /**
     * When bytes have gone into the line, all that were sent before them first.
     *
     * @param now ns
     */
    synchronized long sent(int bytes, long now) {
        free = Math.max(free, now);
        if (bytesPerSecond > 0) {
            free += TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
        }
        return free;
    }

    /** When bytes come out of it that have gone in at a time. */
    synchronized long arrives(long sent) {
        return sent + delay;
    }
}
