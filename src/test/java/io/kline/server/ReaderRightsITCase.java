package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kline.config.RedisLogin;
import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.DocumentedRights;
import io.kline.testing.PrivateCa;
import io.kline.testing.RedisBinary;
import io.kline.testing.RedisCluster;
import io.kline.testing.SentinelSet;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * The documented rights of the server's user are enough and not more, with TLS of a private
 * authority.
 */
@Timeout(240)
class ReaderRightsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static PrivateCa authority;
    private final DocumentedRights rights;

    ReaderRightsITCase() throws Exception {
        rights = DocumentedRights.of("reader");
    }

    @BeforeAll
    static void certify() throws Exception {
        authority = PrivateCa.create();
    }

    @Test
    void documentAndComposeFileAgree() throws Exception {
        assertThat(DocumentedRights.inCompose("reader")).isEqualTo(rights.rules().get(0));
    }

    @Test
    void singleServerIsReadAndCannotBeWritten() throws Exception {
        try (TestRedis redis = TestRedis.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.client();
                Jedis reader = redis.client()) {
            store(admin, admin, "BTCUSDT");
            rights.grant(admin);
            use(settings(Mode.SINGLE, redis.node(), null, RedisLogin.NONE), "BTCUSDT", admin);
            Await.until(PATIENCE, () -> rights.assertEnoughAndUsed(List.of(admin)));

            reader.auth(rights.login().user(), rights.login().password());
            assertThat(catchThrowable(() -> reader.set("kline:x", "")))
                    .hasMessageContaining("NOPERM");
        }
    }

    @Test
    void masterThatSentinelsNameIsRead() throws Exception {
        DocumentedRights guard = DocumentedRights.of("guard");
        try (SentinelSet redis = SentinelSet.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.master.client();
                Jedis sentinel = redis.sentinel.client()) {
            store(admin, admin, "BTCUSDT");
            rights.grant(admin);
            guard.grantOnSentinel(sentinel);
            sentinel.aclSetUser("default", "off");
            use(
                    settings(Mode.SENTINEL, redis.sentinel.node(), "main", guard.login()),
                    "BTCUSDT",
                    admin);
            DocumentedRights.assertEnough(List.of(admin, sentinel));
        }
    }

    @Test
    void clusterIsRead() throws Exception {
        try (RedisCluster cluster = RedisCluster.started(RedisBinary.SYSTEM, authority)) {
            String moving = RedisCluster.symbolOf(0);
            Jedis ofSet = cluster.clients().get(RedisCluster.nodeOfKey(RedisKeys.SYMBOLS));
            store(cluster.clients().get(0), ofSet, moving);
            cluster.clients().forEach(rights::grantOnCluster);
            cluster.beginMove(moving, 0, 1);
            cluster.moveKeys(moving, 0, 1);
            use(
                    settings(Mode.CLUSTER, cluster.nodes().get(0).node(), null, RedisLogin.NONE),
                    moving,
                    cluster.clients().get(0));
            Await.until(PATIENCE, () -> rights.assertEnoughAndUsed(cluster.clients()));
        }
    }

    private static void store(Jedis node, Jedis ofSet, String symbol) {
        String key = RedisKeys.latest(symbol, "1m");
        node.set(key, KlineJson.write(candle(symbol, 1, 2, false)));
        ofSet.sadd(RedisKeys.SYMBOLS, symbol);
    }

    /** Everything that the server does with Redis. */
    private static void use(RedisSettings redis, String symbol, Jedis admin) throws Exception {
        String key = RedisKeys.latest(symbol, "1m");
        String kline = KlineJson.write(candle(symbol, 1, 3, false));
        try (CandleStores stores = TestStores.with(Servers.redis().address());
                KlineServer server = KlineServer.start(TestServer.settings(stores, redis))) {
            TestClient client = new TestClient(server.port());
            String klines = "/api/v3/klines?interval=1m&symbol=" + symbol;
            assertThat(client.get(klines).body()).contains("100.01");
            assertThat(client.get(klines + "&startTime=0").body()).contains("100.01");
            assertThat(client.get("/api/v3/exchangeInfo").body()).contains(symbol);
            assertThat(client.get("/health").body()).contains("\"status\":\"UP\"");
            String stream = "/ws/" + symbol.toLowerCase(Locale.ROOT) + "@kline_1m";
            try (TestSocket socket = TestSocket.open(server.port(), stream)) {
                socket.await(1);
                Await.until(PATIENCE, "a listener", () -> published(redis, admin, key, kline) > 0);
                socket.await(2);
                assertThat(socket.json(1).at("/k/n").asInt()).isEqualTo(3);
            }
            Await.until(PATIENCE, "no listener", () -> published(redis, admin, key, kline) == 0);
        }
    }

    private static long published(RedisSettings redis, Jedis admin, String key, String kline) {
        return redis.mode() == Mode.CLUSTER
                ? (Long) admin.sendCommand(Protocol.Command.SPUBLISH, key, kline)
                : admin.publish(key, kline);
    }

    private RedisSettings settings(Mode mode, String node, String master, RedisLogin sentinels)
            throws Exception {
        return new RedisSettings(
                mode, List.of(node), master, rights.login(), sentinels, authority.trust(true), 10);
    }
}
