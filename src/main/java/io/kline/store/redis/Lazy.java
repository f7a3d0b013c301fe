package io.kline.store.redis;

import io.kline.store.CircuitBreaker;
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
    private final CircuitBreaker gate = new CircuitBreaker(System::nanoTime);
    private volatile T open;

    /**
     * @param opener may fail with a {@link JedisException}; it is then left alone for a moment
     * @param closer releases what was opened
     */
    Lazy(Supplier<T> opener, Consumer<T> closer) {
        this.opener = opener;
        this.closer = closer;
    }

    /**
     * @throws JedisException if it cannot be opened
     */
    T get() {
        T value = open;
        return value != null ? value : openIt();
    }

    private synchronized T openIt() {
        if (open != null) {
            return open;
        }
        String refusal = gate.refusal();
        if (refusal != null) {
            throw new JedisConnectionException(refusal);
        }
        try {
            open = opener.get();
            return open;
        } catch (JedisException e) {
            gate.failed(e.getMessage());
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            closer.accept(open);
        }
    }
}
