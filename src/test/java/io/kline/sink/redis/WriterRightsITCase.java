package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.TakeOver;
import io.kline.config.RedisLogin;
import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.config.RedisTls;
import io.kline.live.RedisStoredCandles;
import io.kline.testing.CandleStores;
import io.kline.testing.DocumentedRights;
import io.kline.testing.PrivateCa;
import io.kline.testing.RedisBinary;
import io.kline.testing.RedisCluster;
import io.kline.testing.SentinelSet;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/**
 * The documented rights of the jobs' user are enough and not more, with TLS of a private authority:
 * for the sink, and for what a start without state reads.
 */
@Timeout(240)
class WriterRightsITCase {

    private static PrivateCa authority;
    private final DocumentedRights rights;

    WriterRightsITCase() throws Exception {
        rights = DocumentedRights.of("kline");
    }

    @BeforeAll
    static void certify() throws Exception {
        authority = PrivateCa.create();
    }

    @Test
    void documentAndComposeFileAgree() throws Exception {
        assertThat(DocumentedRights.inCompose("kline")).isEqualTo(rights.rules().get(0));
    }

    @Test
    void singleServer() throws Exception {
        try (TestRedis redis = TestRedis.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.client()) {
            rights.grant(admin);
            use(settings(Mode.SINGLE, redis.node(), null, RedisLogin.NONE, true), BTC);
            rights.assertEnoughAndUsed(List.of(admin));
        }
    }

    @Test
    void masterThatSentinelsName() throws Exception {
        DocumentedRights guard = DocumentedRights.of("guard");
        try (SentinelSet redis = SentinelSet.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.master.client();
                Jedis sentinel = redis.sentinel.client()) {
            rights.grant(admin);
            guard.grantOnSentinel(sentinel);
            sentinel.aclSetUser("default", "off");
            RedisSettings settings =
                    settings(Mode.SENTINEL, redis.sentinel.node(), "main", guard.login(), true);
            use(settings, BTC);
            DocumentedRights.assertEnough(List.of(admin, sentinel));

            for (String command : guard.commands(sentinel)) {
                sentinel.aclSetUser(guard.user(), "-" + command);
                try (TestWriter test = TestWriter.to(settings)) {
                    test.write(candle(1, 1));
                    test.until("refusal of " + command, () -> !sentinel.aclLog().isEmpty());
                }
                sentinel.aclSetUser(guard.user(), "+" + command);
                sentinel.aclLogReset();
            }
        }
    }

    @Test
    void cluster() throws Exception {
        try (RedisCluster cluster = RedisCluster.started(RedisBinary.SYSTEM, authority)) {
            cluster.clients().forEach(rights::grantOnCluster);
            String moving = RedisCluster.symbolOf(0);
            String node = cluster.nodes().get(0).node();
            RedisSettings settings = settings(Mode.CLUSTER, node, null, RedisLogin.NONE, true);
            try (TestWriter test = TestWriter.to(settings)) {
                test.writeAll(candle(moving, "1m", 0, 1), candle(moving, "1m", 1, 1));
            }
            // Whoever asks for the keys from now on is asked to ask elsewhere.
            cluster.beginMove(moving, 0, 1);
            cluster.moveKeys(moving, 0, 1);
            use(settings, moving);
            rights.assertEnoughAndUsed(cluster.clients());
        }
    }

    @Test
    void aCommandTakenAwayIsMissed() throws Exception {
        try (TestRedis redis = TestRedis.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.client()) {
            rights.grant(admin);
            admin.aclSetUser("kline", "-zcount");
            RedisSettings settings =
                    settings(Mode.SINGLE, redis.node(), null, RedisLogin.NONE, true);
            try (TestWriter test = TestWriter.to(settings)) {
                test.write(candle(1, 1), candle(2, 1));
                test.until("refusals", () -> test.metrics.blocked.getCount() >= 1);
                assertThat(admin.aclLog().get(0).getObject()).isEqualTo("zcount");

                admin.aclSetUser("kline", "+zcount");
                test.writer.flush(true);
            }
        }
    }

    @Test
    void certificatesOfOthersAndForOtherHostsAreRefused() throws Exception {
        try (TestRedis redis = TestRedis.started(RedisBinary.SYSTEM, authority);
                Jedis admin = redis.client()) {
            rights.grant(admin);
            String byName = redis.node().replace("127.0.0.1", "localhost");
            assertTaken(true, redis.node(), authority.trust(true));
            assertTaken(true, byName, authority.trust(false));
            assertTaken(false, byName, authority.trust(true));
            assertTaken(false, redis.node(), PrivateCa.create().trust(false));
            assertTaken(false, redis.node(), new RedisTls(true, null, false));
        }
    }

    private void assertTaken(boolean isTaken, String node, RedisTls tls) throws Exception {
        RedisSettings settings =
                new RedisSettings(
                        Mode.SINGLE,
                        List.of(node),
                        null,
                        rights.login(),
                        RedisLogin.NONE,
                        tls,
                        TestWriter.HISTORY);
        try (TestWriter test = TestWriter.to(settings)) {
            test.write(candle(1, 1));
            test.until(
                    "an answer",
                    () -> test.metrics.accepted.getCount() + test.metrics.retried.getCount() > 0);
            assertThat(test.metrics.accepted.getCount() > 0).isEqualTo(isTaken);
        }
    }

    /** Everything that the jobs do with Redis. */
    private static void use(RedisSettings settings, String symbol) throws Exception {
        try (TestWriter test = TestWriter.to(settings)) {
            for (int minute = 0; minute < TestWriter.HISTORY + 3; minute++) {
                test.writeAll(candle(symbol, "1m", minute, 1));
            }
            test.writeAll(candle(symbol, "1m", TestWriter.HISTORY, 2));
            // Older than a full history: nothing is written.
            test.writeAll(candle(symbol, "1m", 0, 2));
            assertThat(test.metrics.accepted.getCount()).isEqualTo(TestWriter.HISTORY + 4);
        }
        try (RedisStoredCandles stored =
                new RedisStoredCandles(settings, "start", Duration.ofMinutes(15))) {
            assertThat(stored.symbols()).contains(symbol);
            TakeOver found = stored.newest(symbol, CandleStores.intervals("1m"), 0);
            assertThat(found.candles()).isNotEmpty();
            stored.forget(Set.of(symbol));
        }
    }

    private RedisSettings settings(
            Mode mode, String node, String master, RedisLogin sentinels, boolean verifyHost)
            throws Exception {
        return new RedisSettings(
                mode,
                List.of(node),
                master,
                rights.login(),
                sentinels,
                authority.trust(verifyHost),
                TestWriter.HISTORY);
    }
}
