package io.kline.tools.check;

import io.kline.config.RedisSettings;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.RedisProviders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** The klines in Redis, single, Sentinel or Cluster. */
final class RedisKlines implements AutoCloseable {

    /** One script, so that no roll-over comes between the two reads. */
    private static final String READ =
            "return {redis.call('GET', KEYS[1]),"
                    + " redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')}";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final UnifiedJedis redis;

    private RedisKlines(UnifiedJedis redis) {
        this.redis = redis;
    }

    static RedisKlines connect(RedisSettings settings) {
        Set<HostAndPort> nodes =
                settings.nodes().stream().map(HostAndPort::from).collect(Collectors.toSet());
        RedisProviders clients = new RedisProviders(settings, 1, TIMEOUT);
        JedisClientConfig login = clients.client(settings.login());
        return new RedisKlines(
                switch (settings.mode()) {
                    case SINGLE ->
                            RedisClient.builder()
                                    .hostAndPort(nodes.iterator().next())
                                    .clientConfig(login)
                                    .build();
                    case SENTINEL ->
                            RedisSentinelClient.builder()
                                    .masterName(settings.master())
                                    .sentinels(nodes)
                                    .sentinelClientConfig(clients.client(settings.sentinelLogin()))
                                    .clientConfig(login)
                                    .build();
                    case CLUSTER ->
                            RedisClusterClient.builder().nodes(nodes).clientConfig(login).build();
                });
    }

    Set<String> symbols() {
        return redis.smembers(RedisKeys.SYMBOLS);
    }

    /** The series of a symbol by interval. */
    Map<String, RawSeries> of(String symbol, List<String> intervals) {
        // Every time: a server forgets scripts. The jobs' user may do that, and not EVAL.
        String sha = redis.scriptLoad(READ, RedisKeys.latest(symbol, intervals.get(0)));
        Map<String, Response<Object>> replies = new HashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (String interval : intervals) {
                List<String> keys =
                        List.of(
                                RedisKeys.latest(symbol, interval),
                                RedisKeys.history(symbol, interval));
                replies.put(interval, pipeline.evalsha(sha, keys, List.of()));
            }
            pipeline.sync();
        }
        return replies.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, reply -> series(reply.getValue().get())));
    }

    private static RawSeries series(Object reply) {
        List<?> parts = (List<?>) reply;
        List<?> scored = (List<?>) parts.get(1);
        List<RawSeries.Member> history = new ArrayList<>(scored.size() / 2);
        for (int i = 0; i < scored.size(); i += 2) {
            history.add(
                    new RawSeries.Member(
                            (String) scored.get(i), new BigDecimal((String) scored.get(i + 1))));
        }
        return new RawSeries((String) parts.get(0), history);
    }

    @Override
    public void close() {
        redis.close();
    }
}
