package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.RedisCluster;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Streams behind a Cluster and behind sentinels. */
@Timeout(60)
class StreamTopologyITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void oneConnectionHearsEveryNodeOfACluster() throws Exception {
        try (RedisCluster cluster = RedisCluster.started();
                TestStores stores = TestStores.with(Servers.redis().address());
                KlineServer server = KlineServer.start(on(stores, cluster.settings(10)))) {
            String names = "";
            for (int node = 0; node < 3; node++) {
                names += RedisCluster.symbolOf(node).toLowerCase(Locale.ROOT) + "@kline_1m/";
            }
            try (TestSocket socket = TestSocket.open(server.port(), "/ws/" + names)) {
                String last = RedisKeys.latest(RedisCluster.symbolOf(2), "1m");
                Await.until(PATIENCE, "subscription", () -> subscribers(cluster, last) == 1);
                for (int node = 0; node < 3; node++) {
                    String symbol = RedisCluster.symbolOf(node);
                    cluster.clients()
                            .get(node)
                            .publish(
                                    RedisKeys.latest(symbol, "1m"),
                                    KlineJson.write(candle(symbol, 1, 2, false)));
                }
                socket.await(3);
                assertThat(socket.messages).hasSize(3);
            }
        }
    }

    @Test
    void streamsGoOnWithTheMasterThatSentinelsNameNext() throws Exception {
        try (TestRedis master = TestRedis.started();
                TestRedis replica =
                        TestRedis.started("--replicaof", "127.0.0.1", "" + master.port());
                TestRedis sentinel = TestRedis.started("--sentinel");
                Jedis guard = sentinel.client()) {
            guard.sentinelMonitor("main", "127.0.0.1", master.port(), 1);
            guard.sentinelSet("main", Map.of("down-after-milliseconds", "1000"));
            Await.until(PATIENCE, "replica", () -> guard.sentinelReplicas("main").size() == 1);
            Await.until(PATIENCE, "copy", () -> replica.replicates("master_link_status:up"));
            RedisSettings settings =
                    new RedisSettings(
                            Mode.SENTINEL, List.of(sentinel.node()), "main", null, null, false, 10);
            try (TestStores stores = TestStores.with(Servers.redis().address());
                    KlineServer server = KlineServer.start(on(stores, settings));
                    TestSocket socket = TestSocket.open(server.port(), "/ws/btcusdt@kline_1m")) {
                String channel = RedisKeys.latest("BTCUSDT", "1m");
                awaitSubscription(master, channel);
                publish(master, channel, 1);
                socket.await(1);

                master.kill();
                Await.until(PATIENCE, "promotion", () -> replica.replicates("role:master"));
                awaitSubscription(replica, channel);
                publish(replica, channel, 2);
                socket.await(2);
                assertThat(socket.json(1).at("/k/n").asInt()).isEqualTo(2);
            }
        }
    }

    private static ServerSettings on(TestStores stores, RedisSettings redis) {
        ServerSettings settings = stores.settings();
        return settings.with(CandleStores.settings(redis, settings.query().mysql()));
    }

    private static long subscribers(RedisCluster cluster, String channel) {
        return cluster.clients().stream()
                .mapToLong(client -> client.pubsubNumSub(channel).get(channel))
                .sum();
    }

    private static void awaitSubscription(TestRedis redis, String channel) throws Exception {
        try (Jedis client = redis.client()) {
            Await.until(
                    PATIENCE, "subscription", () -> client.pubsubNumSub(channel).get(channel) == 1);
        }
    }

    private static void publish(TestRedis redis, String channel, long count) {
        try (Jedis client = redis.client()) {
            client.publish(channel, KlineJson.write(candle("BTCUSDT", 1, count, false)));
        }
    }
}
