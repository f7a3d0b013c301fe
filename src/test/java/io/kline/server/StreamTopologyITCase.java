package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.RedisCluster;
import io.kline.testing.SentinelSet;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Streams behind a Cluster and behind sentinels. */
@Timeout(180)
class StreamTopologyITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void oneConnectionHearsEveryNodeOfACluster() throws Exception {
        try (RedisCluster cluster = RedisCluster.started();
                CandleStores stores = TestStores.with(Servers.redis().address());
                KlineServer server =
                        KlineServer.start(TestServer.settings(stores, cluster.settings(10)))) {
            String names = "";
            for (int node = 0; node < 3; node++) {
                String symbol = RedisCluster.symbolOf(node);
                names += symbol.toLowerCase(Locale.ROOT) + "@kline_1m/";
                cluster.clients()
                        .get(RedisCluster.nodeOfKey(RedisKeys.SYMBOLS))
                        .sadd(RedisKeys.SYMBOLS, symbol);
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
        try (SentinelSet redis = SentinelSet.started();
                CandleStores stores = TestStores.with(Servers.redis().address());
                KlineServer server =
                        KlineServer.start(TestServer.settings(stores, redis.settings(10)));
                TestSocket socket = TestSocket.open(server.port(), "/ws/btcusdt@kline_1m")) {
            try (Jedis client = redis.master.client()) {
                client.sadd(RedisKeys.SYMBOLS, "BTCUSDT");
            }
            String channel = RedisKeys.latest("BTCUSDT", "1m");
            awaitSubscription(redis.master, channel);
            publish(redis.master, channel, 1);
            socket.await(1);

            redis.master.kill();
            redis.awaitPromotion();
            awaitSubscription(redis.replica, channel);
            publish(redis.replica, channel, 2);
            socket.await(2);
            assertThat(socket.json(1).at("/k/n").asInt()).isEqualTo(2);
        }
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
