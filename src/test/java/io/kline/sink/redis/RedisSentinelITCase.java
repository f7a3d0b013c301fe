package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.SentinelSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(180)
class RedisSentinelITCase {

    @Test
    void promotedReplicaGetsWhatReplicationLost() throws Exception {
        try (SentinelSet redis = SentinelSet.started();
                TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 1), candle(ETH, "1m", 1, 1));
            redis.master.kill();
            test.write(candle(1, 2));
            test.until("outage", () -> test.metrics.retried.getCount() > 0);
            redis.awaitPromotion();
            try (Jedis reader = redis.replica.client()) {
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
