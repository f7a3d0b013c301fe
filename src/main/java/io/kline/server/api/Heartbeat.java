package io.kline.server.api;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Whether a WebSocket client answers pings. A pong that copies no ping proves nothing, as at
 * Binance: it would keep a client that reads nothing.
 *
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">General
 *     information</a>
 */
public final class Heartbeat {

    private static final int LATEST = 8;

    private long pings;
    private long lastPong = System.nanoTime();

    /** The payload of the next ping. */
    public synchronized ByteBuffer ping() {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, ++pings);
    }

    /** Takes the payload of a pong. */
    public synchronized void pong(ByteBuffer payload) {
        if (payload.remaining() == Long.BYTES) {
            long copied = payload.getLong(payload.position());
            if (copied <= pings && copied > 0 && copied > pings - LATEST) {
                lastPong = System.nanoTime();
            }
        }
    }

    /** Whether no ping has been answered for a time. */
    public synchronized boolean isSilent(Duration patience) {
        return System.nanoTime() - lastPong > patience.toNanos();
    }
}
