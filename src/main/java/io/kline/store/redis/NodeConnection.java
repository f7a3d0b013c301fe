package io.kline.store.redis;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/** One server at a time: a single Redis, or the master that sentinels name. */
final class NodeConnection implements RedisConnection {

    private final Supplier<ConnectionProvider> opener;
    private final Pipeline pipeline;
    private volatile ConnectionProvider provider;
    private Connection last;
    private long epoch;

    /**
     * @param opener makes the provider of connections; may fail with a {@link JedisException}, then
     *     it is tried again
     * @param pipeline how a connection is used
     */
    NodeConnection(Supplier<ConnectionProvider> opener, Pipeline pipeline) {
        this.opener = opener;
        this.pipeline = pipeline;
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        try (Connection connection = connect()) {
            Connection before = last;
            last = connection;
            if (before != null && before != connection) {
                epoch++;
                return all(calls, new Reply.Unsent());
            }
            List<Reply> replies =
                    pipeline.exchange(connection, calls, false).stream()
                            .map(Pipeline::reply)
                            .toList();
            if (replies.stream().anyMatch(Reply::isDemoted)) {
                // Another connection may lead to the new master; this one never will.
                connection.setBroken();
            }
            return replies;
        } catch (JedisDataException refused) {
            return all(calls, Pipeline.reply(refused));
        } catch (JedisException e) {
            return all(calls, new Reply.Silence(e));
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        ConnectionProvider open = provider;
        if (open != null) {
            try {
                open.close();
            } catch (Exception e) {
                throw new JedisException("cannot close the connections to Redis", e);
            }
        }
    }

    private Connection connect() {
        if (provider == null) {
            provider = opener.get();
        }
        return provider.getConnection();
    }

    private static List<Reply> all(List<Call> calls, Reply reply) {
        return Collections.nCopies(calls.size(), reply);
    }
}
