package io.kline.store.redis;

import io.kline.store.CircuitBreaker;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Something that is opened when it is first needed, and again later where that fails. Thread safe.
 */
final class Lazy<T> implements AutoCloseable {

    private final Supplier<T> opener;
    private final Consumer<T> closer;
    private final CircuitBreaker breaker;
    private volatile T open;
    private volatile boolean closed;

    /**
     * @param opener may fail with a {@link JedisException}
     * @param closer releases what was opened
     * @param pause how long the opener is left alone after a failure
     */
    Lazy(Supplier<T> opener, Consumer<T> closer, Duration pause) {
        this.opener = opener;
        this.closer = closer;
        this.breaker = new CircuitBreaker(System::nanoTime, pause);
    }

    /**
     * @throws JedisException if it cannot be opened
     */
    T get() {
        T value = open;
        return value != null ? value : openIt();
    }

    /** What is open, or null if nothing is. */
    T peek() {
        return open;
    }

    private synchronized T openIt() {
        if (open != null) {
            return open;
        }
        String refusal = closed ? "closed" : breaker.refusal();
        if (refusal != null) {
            throw new JedisConnectionException(refusal);
        }
        try {
            open = opener.get();
        } catch (JedisException e) {
            breaker.failed(e.getMessage());
            throw e;
        }
        if (closed) {
            closer.accept(open);
        }
        return open;
    }

    /** Does not wait for the opener: what it opens now is closed when it is open. */
    @Override
    public void close() {
        closed = true;
        T value = open;
        if (value != null) {
            closer.accept(value);
        }
    }
}
