package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(60)
class RedisSentinelITCase {

    @Test
    void promotedReplicaGetsWhatReplicationLost() throws Exception {
        try (TestRedis master = TestRedis.started();
                TestRedis replica =
                        TestRedis.started("--replicaof", "127.0.0.1", "" + master.port());
                TestRedis sentinel = TestRedis.started("--sentinel");
                Jedis guard = sentinel.client()) {
            guard.sentinelMonitor("main", "127.0.0.1", master.port(), 1);
            guard.sentinelSet("main", Map.of("down-after-milliseconds", "1000"));
            Await.until("replica", () -> guard.sentinelReplicas("main").size() == 1);
            Await.until("replication", () -> replica.replicates("master_link_status:up"));
            RedisSettings settings =
                    new RedisSettings(
                            Mode.SENTINEL,
                            List.of(sentinel.node()),
                            "main",
                            null,
                            null,
                            false,
                            TestWriter.HISTORY);
            try (TestWriter test = TestWriter.to(settings)) {
                test.writeAll(candle(1, 1), candle(ETH, "1m", 1, 1));
                master.kill();
                test.write(candle(1, 2));
                test.until("outage", () -> test.metrics.retried.getCount() > 0);
                Await.until("promotion", () -> replica.replicates("role:master"));
                try (Jedis reader = replica.client()) {
                    reader.flushAll();

                    test.writer.flush(true);

                    assertThat(reader.get(RedisKeys.latest(BTC, "1m")))
                            .isEqualTo(KlineJson.write(candle(1, 2)));
                    assertThat(reader.get(RedisKeys.latest(ETH, "1m")))
                            .isEqualTo(KlineJson.write(candle(ETH, "1m", 1, 1)));
                }
            }
        }
    }
}
