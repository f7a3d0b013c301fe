package io.kline.server.api;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a WebSocket client answers pings. A pong that copies no ping proves nothing, as at
 * Binance: it would keep a client that reads nothing. So pings cannot be guessed.
 *
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">General
 *     information</a>
 */
public final class Heartbeat {

    private static final int LATEST = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Deque<Long> pings = new ArrayDeque<>();
    private long lastPong = System.nanoTime();

    /** The payload of the next ping. */
    public synchronized ByteBuffer ping() {
        long payload = RANDOM.nextLong();
        pings.addLast(payload);
        if (pings.size() > LATEST) {
            pings.removeFirst();
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(0, payload);
    }

    /** Takes the payload of a pong: that of a ping, once, and of none before the last one. */
    public synchronized void pong(ByteBuffer payload) {
        if (payload.remaining() != Long.BYTES) {
            return;
        }
        long ping = payload.getLong(payload.position());
        if (pings.contains(ping)) {
            while (pings.removeFirst() != ping) {
                // It is older.
            }
            lastPong = System.nanoTime();
        }
    }

    /** Whether no ping has been answered for a time. */
    public synchronized boolean isSilent(Duration patience) {
        return System.nanoTime() - lastPong > patience.toNanos();
    }
}
