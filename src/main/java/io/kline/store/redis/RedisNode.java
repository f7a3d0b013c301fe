package io.kline.store.redis;

import io.kline.store.CircuitBreaker;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One server and its pooled connections. Thread safe. */
final class RedisNode {

    private static final Call PING = new Call("", Command.PING, () -> new byte[0][]);

    private final Supplier<Connection> connections;
    private final Runnable clear;
    private final CircuitBreaker gate = new CircuitBreaker(System::nanoTime);

    /**
     * @param connections takes one from the pool, or fails with a {@link JedisException}
     * @param clear closes the idle connections of the pool
     */
    RedisNode(Supplier<Connection> connections, Runnable clear) {
        this.connections = connections;
        this.clear = clear;
    }

    /**
     * One round trip.
     *
     * @param asking whether each call follows an ASK redirection
     * @return a value per call; error replies are {@link JedisDataException}s in their places
     * @throws JedisException if the server cannot be asked
     */
    List<Object> exchange(List<Call> calls, boolean asking) {
        String refusal = gate.refusal();
        if (refusal != null) {
            throw new JedisConnectionException(refusal);
        }
        return tryExchange(calls, asking);
    }

    /** The reply to a PING. */
    Reply ping() {
        try {
            return Pipeline.reply(tryExchange(List.of(PING), false).get(0));
        } catch (JedisException e) {
            return failure(e);
        }
    }

    /** The failure to ask a server, as the reply to a call. */
    static Reply failure(JedisException e) {
        return e instanceof JedisDataException ? Pipeline.reply(e) : new Reply.Silence(e);
    }

    /** The failure to ask a server, as the reply to each of many calls. */
    static List<Reply> failure(JedisException e, int calls) {
        return Collections.nCopies(calls, failure(e));
    }

    private List<Object> tryExchange(List<Call> calls, boolean asking) {
        try {
            List<Object> values = exchangeTwice(calls, asking);
            gate.answered();
            return values;
        } catch (JedisConnectionException e) {
            gate.failed(e.getMessage());
            throw e;
        }
    }

    /** A server that was restarted has closed the idle connections: a new one is tried. */
    private List<Object> exchangeTwice(List<Call> calls, boolean asking) {
        try {
            return exchangeOnce(calls, asking);
        } catch (JedisConnectionException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw e;
            }
            clear.run();
            return exchangeOnce(calls, asking);
        }
    }

    private List<Object> exchangeOnce(List<Call> calls, boolean asking) {
        try (Connection connection = connections.get()) {
            return Pipeline.send(connection, calls, asking);
        }
    }
}
