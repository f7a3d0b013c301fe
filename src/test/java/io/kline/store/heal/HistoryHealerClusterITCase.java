package io.kline.store.heal;

import static io.kline.testing.RedisCluster.nodeOf;
import static io.kline.testing.RedisCluster.symbolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.WatchedRedis;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Candles;
import io.kline.testing.Database;
import io.kline.testing.RedisCluster;
import io.kline.testing.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(240)
class HistoryHealerClusterITCase {

    private static final int SIZE = 100;
    private static final long START = 1_741_046_400_000L;
    private static final String MINUTE = "1m";

    @Test
    void aNodeThatRefusesWritesKeepsOnlyItsSymbolsShort() throws Exception {
        List<String> symbols = Stream.of(symbolOf(0), symbolOf(1), symbolOf(2)).sorted().toList();
        Database database = Servers.newDatabase();
        try (RedisCluster cluster = RedisCluster.started();
                CandleStores stores = new CandleStores(Servers.redis().address(), database);
                HistoryHealer healer =
                        healer(cluster.settings(SIZE), stores.login(database.url()))) {
            for (String symbol : symbols) {
                stores.toMysql(candles(symbol).subList(0, 50));
                client(cluster, symbol)
                        .set(
                                RedisKeys.latest(symbol, MINUTE),
                                KlineJson.write(candles(symbol).get(50)));
            }
            Jedis refusing = client(cluster, symbols.get(0));
            refusing.configSet("maxmemory", "1");

            assertThatThrownBy(healer::look)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("OOM");
            assertThat(symbols)
                    .extracting(symbol -> held(cluster, symbol))
                    .containsExactly(0L, 50L, 50L);

            refusing.configSet("maxmemory", "0");
            healer.look();
            assertThat(held(cluster, symbols.get(0))).isEqualTo(50);
        }
    }

    private static HistoryHealer healer(RedisSettings redis, MysqlLogin mysql) {
        return new HistoryHealer(
                new HealSettings(
                        redis,
                        mysql,
                        CandleStores.intervals(MINUTE),
                        Duration.ofDays(1),
                        Duration.ofMinutes(1)),
                new RedisHistories(new WatchedRedis(redis, KlineScript.bringingBack(redis)), redis),
                () -> true,
                new Pace(1_000, System::nanoTime, nanos -> {}),
                candles -> {});
    }

    /** Minutes with one trade each. */
    private static List<Candle> candles(String symbol) {
        return LongStream.rangeClosed(0, 50)
                .mapToObj(i -> START + i * Candles.MINUTE)
                .map(open -> CandleBuilder.candle(symbol, MINUTE, open).build())
                .toList();
    }

    private static long held(RedisCluster cluster, String symbol) {
        return client(cluster, symbol).zcard(RedisKeys.history(symbol, MINUTE));
    }

    private static Jedis client(RedisCluster cluster, String symbol) {
        return cluster.clients().get(nodeOf(symbol));
    }
}
