package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import io.kline.store.redis.WatchedRedis;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.RedisBinary;
import io.kline.testing.RedisCluster;
import io.kline.testing.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/**
 * Streams of a Cluster that changes while candles are written. A client misses no closed candle,
 * and sees no version go back. On version 6.2 with channels of all nodes, on version 7 with those
 * of the slots; what does not depend on that is played on version 7.
 */
@Timeout(300)
class StreamClusterITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the scenarios do something to. */
    private interface Change {
        void to(RedisCluster cluster, Market market) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void slotThatMovesTakesItsStreamAlong(RedisBinary binary) throws Exception {
        watch(
                binary,
                (cluster, market) -> {
                    cluster.beginMove(market.symbol, 0, 1);
                    market.minute();
                    cluster.finishMove(market.symbol, 0, 1);
                    awaitListener(binary, cluster, 1, market.symbol);
                });
    }

    @ParameterizedTest
    @EnumSource(names = "SYSTEM")
    void replicaThatTakesOverGetsTheStream(RedisBinary binary) throws Exception {
        watch(
                binary,
                (cluster, market) -> {
                    cluster.failOver();
                    market.minute();
                    awaitListener(binary, cluster, 3, market.symbol);
                });
    }

    @ParameterizedTest
    @EnumSource
    void masterThatDiesLosesTheStream(RedisBinary binary) throws Exception {
        watch(
                binary,
                (cluster, market) -> {
                    market.nextBeforeClose();
                    cluster.awaitReplication();
                    cluster.nodes().get(0).kill();
                    awaitListener(binary, cluster, 3, market.symbol);
                });
    }

    /** Its connections stand, and it would take the stream for well. */
    @ParameterizedTest
    @EnumSource(names = "SYSTEM")
    void masterThatHangsLosesTheStream(RedisBinary binary) throws Exception {
        watch(
                binary,
                (cluster, market) -> {
                    cluster.awaitReplication();
                    cluster.nodes().get(0).pause();
                    try {
                        awaitListener(binary, cluster, 3, market.symbol);
                        market.minute();
                    } finally {
                        cluster.nodes().get(0).resume();
                    }
                });
    }

    /** It lives on and answers pings, and nothing arrives there any more. */
    @ParameterizedTest
    @EnumSource(names = "SYSTEM")
    void nodeThatIsTakenOutLosesTheStream(RedisBinary binary) throws Exception {
        watch(
                binary,
                (cluster, market) -> {
                    cluster.failOver();
                    cluster.remove(0);
                    assertThat(cluster.clients().get(0).ping()).isEqualTo("PONG");
                    market.minute();
                    awaitListener(binary, cluster, 3, market.symbol);
                });
    }

    private static void watch(RedisBinary binary, Change change) throws Exception {
        String symbol = RedisCluster.symbolOf(0);
        String stream = "/ws/" + symbol.toLowerCase(Locale.ROOT) + "@kline_1m";
        try (RedisCluster cluster = RedisCluster.started(binary, null);
                CandleStores stores = TestStores.with(Servers.redis().address());
                KlineServer server =
                        KlineServer.start(TestServer.settings(stores, cluster.settings(50)));
                Market market = new Market(cluster.settings(50), symbol);
                TestSocket socket = TestSocket.open(server.port(), stream)) {
            market.list();
            awaitListener(binary, cluster, 0, symbol);
            // A script of keys of which some are missing runs nowhere while their slot moves.
            market.minute();
            market.minute();
            Await.until(PATIENCE, "closed candles", () -> closed(socket).size() == 2);
            change.to(cluster, market);
            market.minute();
            market.minute();

            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(closed(socket))
                                    .hasSize(market.minutes)
                                    .containsExactlyElementsOf(market.closed()));
            assertNothingWentBack(socket);
        }
    }

    /** Candles of a minute: forming, then closed. */
    private static final class Market implements AutoCloseable {

        private final String symbol;
        private final KlineScript script;
        private final RedisConnection redis;
        private int minutes;

        Market(RedisSettings settings, String symbol) {
            this.symbol = symbol;
            script = new KlineScript(settings, false);
            redis = new WatchedRedis(settings, script);
        }

        /** Makes the symbol known: before that nobody listens. */
        void list() throws Exception {
            write(Call.of(Command.SADD, RedisKeys.SYMBOLS, symbol));
        }

        void minute() throws Exception {
            write(Call.of(Command.SADD, RedisKeys.SYMBOLS, symbol));
            write(candleCall(1, false));
            write(candleCall(2, true));
            minutes++;
        }

        Set<Long> closed() {
            Set<Long> times = new TreeSet<>();
            for (int minute = 0; minute < minutes; minute++) {
                times.add(candle(symbol, minute, 2, true).openTime());
            }
            return times;
        }

        /** The first trade of a candle comes before the one before it can be closed. */
        void nextBeforeClose() throws Exception {
            write(candleCall(1, false));
            write(candleCall(minutes + 1, 1, false));
        }

        private Call candleCall(int count, boolean closed) {
            return candleCall(minutes, count, closed);
        }

        private Call candleCall(int minute, int count, boolean closed) {
            return script.call(
                    new ChangedCandles(symbol, List.of(candle(symbol, minute, count, closed))));
        }

        private void write(Call call) throws Exception {
            Await.until(
                    PATIENCE,
                    "written",
                    () -> redis.ask(List.of(call)).get(0) instanceof Reply.Answer);
        }

        @Override
        public void close() {
            redis.close();
        }
    }

    private static Set<Long> closed(TestSocket socket) throws Exception {
        Set<Long> times = new TreeSet<>();
        for (int i = 0; i < socket.messages.size(); i++) {
            if (socket.json(i).at("/k/x").asBoolean()) {
                times.add(socket.json(i).at("/k/t").asLong());
            }
        }
        return times;
    }

    private static void assertNothingWentBack(TestSocket socket) throws Exception {
        Map<Long, Long> counts = new HashMap<>();
        for (int i = 0; i < socket.messages.size(); i++) {
            long count = socket.json(i).at("/k/n").asLong();
            Long before = counts.put(socket.json(i).at("/k/t").asLong(), count);
            assertThat(before == null || before < count).as(socket.messages.get(i)).isTrue();
        }
    }

    /** On version 7 the channel is one of its slot, and the other kind has no listener. */
    private static void awaitListener(
            RedisBinary binary, RedisCluster cluster, int node, String symbol) throws Exception {
        String channel = RedisKeys.latest(symbol, "1m");
        Jedis client = cluster.clients().get(node);
        String kind = binary == RedisBinary.SYSTEM ? "SHARDNUMSUB" : "NUMSUB";
        Await.until(
                PATIENCE,
                "a listener at node " + node,
                () ->
                        ((List<?>) client.sendCommand(Command.PUBSUB, kind, channel))
                                .get(1)
                                .equals(1L));
    }
}
