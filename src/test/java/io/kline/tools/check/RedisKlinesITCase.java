package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.DocumentedRights;
import io.kline.testing.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

@Timeout(120)
class RedisKlinesITCase {

    /** An operator gives the checker the settings of the jobs. */
    @Test
    void theRightsOfTheJobsAreEnough() throws Exception {
        DocumentedRights rights = DocumentedRights.of("kline");
        Candle candle = CandleBuilder.candle("BTCUSDT", "1m", 0).build();
        try (TestRedis redis = TestRedis.started();
                Jedis admin = redis.client()) {
            rights.grant(admin);
            admin.set(RedisKeys.latest("BTCUSDT", "1m"), KlineJson.write(candle));
            admin.zadd(RedisKeys.history("BTCUSDT", "1m"), 0, KlineJson.write(candle));
            admin.sadd(RedisKeys.SYMBOLS, "BTCUSDT");
            RedisSettings open = CandleStores.single(redis.node());
            RedisSettings settings =
                    new RedisSettings(
                            open.mode(),
                            open.nodes(),
                            open.master(),
                            rights.login(),
                            open.sentinelLogin(),
                            open.tls(),
                            open.historySize());
            try (RedisKlines candles = RedisKlines.connect(settings)) {
                assertThat(candles.symbols()).containsExactly("BTCUSDT");
                RawSeries series = candles.of("BTCUSDT", List.of("1m", "5m")).get("1m");
                assertThat(series.latest()).isEqualTo(KlineJson.write(candle));
                assertThat(series.history()).hasSize(1);
            }
            DocumentedRights.assertEnough(List.of(admin));
        }
    }
}
