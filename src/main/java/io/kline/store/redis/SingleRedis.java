package io.kline.store.redis;

import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.util.Pool;

/** One server at a time: a single Redis, or the master that sentinels name. */
public final class SingleRedis implements RedisNodes {

    private final Lazy<ConnectionProvider> provider;
    private final RedisNode node;

    /**
     * @param opener makes the provider of connections; may fail with a {@link JedisException}
     */
    public SingleRedis(Supplier<ConnectionProvider> opener) {
        provider = new Lazy<>(opener, SingleRedis::close);
        node = new RedisNode(() -> provider.get().getConnection(), this::clear);
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        try {
            return node.exchange(calls, false).stream().map(Pipeline::reply).toList();
        } catch (JedisException e) {
            return RedisNode.failure(e, calls.size());
        }
    }

    @Override
    public List<Reply> ping() {
        return List.of(node.ping());
    }

    @Override
    public void close() {
        provider.close();
    }

    private void clear() {
        for (Object pool : provider.get().getConnectionMap().values()) {
            ((Pool<?>) pool).clear();
        }
    }

    private static void close(ConnectionProvider open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new JedisException("cannot close the connections to Redis", e);
        }
    }
}
