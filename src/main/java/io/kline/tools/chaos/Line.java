package io.kline.tools.chaos;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a network: how long bytes take, how many go through it, and what is lost. TCP
 * sends again what was lost, so a loss is a stall of its connection. Thread safe.
 */
final class Line {

    /** When TCP sends again; each further time takes twice as long. */
    private static final Duration RETRANSMISSION = Duration.ofMillis(200);

    /** No time of {@link System#nanoTime}: that of bytes that do not arrive. */
    static final long NEVER = Long.MIN_VALUE;

    private long delay;
    private long bytesPerSecond;
    private long free;
    private double loss;
    private double ends;
    private Random random = new Random(0);

    /** Bytes arrive that much later. */
    synchronized void delay(Duration time) {
        delay = time.toNanos();
    }

    /** That many bytes go through it in a second; 0 for any number. */
    synchronized void limit(long bytes) {
        bytesPerSecond = bytes;
    }

    /**
     * A share of what is sent is lost, also of what is sent again.
     *
     * @param endsIn one connection in so many losses ends; 0 for none
     */
    synchronized void lose(double share, int endsIn, long seed) {
        loss = share;
        ends = endsIn == 0 ? 0 : 1.0 / endsIn;
        random = new Random(seed);
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

    /**
     * When bytes come out of it that have gone in at a time; {@link #NEVER} if their connection
     * ends over them.
     */
    synchronized long arrives(long sent) {
        long arrives = sent + delay;
        long wait = RETRANSMISSION.toNanos();
        while (random.nextDouble() < loss) {
            if (random.nextDouble() < ends) {
                return NEVER;
            }
            arrives += wait;
            wait *= 2;
        }
        return arrives;
    }
}
