package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.MINUTE;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.DocumentedRights;
import io.kline.testing.TestRedis;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisBusyException;

@Timeout(60)
class RedisKlineSinkITCase {

    private TestRedis redis;
    private Jedis reader;

    @BeforeEach
    void start() {
        redis = TestRedis.started();
        reader = redis.client();
    }

    @AfterEach
    void stop() {
        reader.close();
        redis.close();
    }

    @Test
    void candlesSymbolsAndHistoryAreThere() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 3), candle(2, 1), candle(ETH, "1h", 0, 7));

            assertThat(latest(BTC, "1m")).isEqualTo(candle(2, 1));
            assertThat(latest(ETH, "1h")).isEqualTo(candle(ETH, "1h", 0, 7));
            assertThat(history(BTC, "1m")).containsExactly(candle(1, 3));
            assertThat(reader.smembers(RedisKeys.SYMBOLS)).containsExactlyInAnyOrder(BTC, ETH);
        }
    }

    @Test
    void restoredCandlesAreWritten() throws Exception {
        reader.set(RedisKeys.latest(ETH, "1m"), KlineJson.write(candle(ETH, "1m", 1, 9)));
        try (TestWriter test =
                TestWriter.to(
                        redis.settings(TestWriter.HISTORY),
                        candle(1, 2),
                        candle(2, 1),
                        candle(ETH, "1m", 1, 8))) {
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(2, 1));
            assertThat(history(BTC, "1m")).containsExactly(candle(1, 2));
            assertThat(latest(ETH, "1m")).isEqualTo(candle(ETH, "1m", 1, 9));
            assertThat(test.metrics.stale.getCount()).isEqualTo(1);
        }
    }

    @Test
    void outageStallsNothingAndAnEmptyServerIsFilledAgain() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 3), candle(2, 1), candle(ETH, "1m", 2, 1));
            redis.kill();

            test.write(candle(2, 2));
            test.until("failed attempts", () -> test.metrics.retried.getCount() >= 2);
            test.write(candle(2, 3), candle(3, 1));
            assertThat(test.state()).containsExactlyInAnyOrder(candle(2, 3), candle(3, 1));

            redis.start();
            test.writer.flush(true);

            reader.close();
            reader = redis.client();
            assertThat(history(BTC, "1m")).containsExactly(candle(1, 3), candle(2, 3));
            assertThat(latest(BTC, "1m")).isEqualTo(candle(3, 1));
            assertThat(latest(ETH, "1m")).isEqualTo(candle(ETH, "1m", 2, 1));
            assertThat(reader.smembers(RedisKeys.SYMBOLS)).containsExactlyInAnyOrder(BTC, ETH);
            assertThat(test.metrics.reconnects.getCount()).isEqualTo(1);
            assertThat(test.state()).isEmpty();
        }
    }

    @Test
    void serverThatIsNotThereAtTheStartIsWaitedFor() throws Exception {
        redis.kill();
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.write(candle(1, 1));
            test.until("failed attempt", () -> test.metrics.retried.getCount() >= 1);
            redis.start();

            test.writer.flush(true);

            assertThat(test.metrics.accepted.getCount()).isEqualTo(1);
        }
    }

    @Test
    void flushedServerIsFilledAgainWithTheNextCandle() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 3), candle(2, 1), candle(ETH, "1m", 2, 1));
            reader.flushAll();

            test.writeAll(candle(2, 2));

            assertThat(history(BTC, "1m")).containsExactly(candle(1, 3));
            assertThat(latest(BTC, "1m")).isEqualTo(candle(2, 2));
            assertThat(latest(ETH, "1m")).isEqualTo(candle(ETH, "1m", 2, 1));
            assertThat(reader.smembers(RedisKeys.SYMBOLS)).containsExactlyInAnyOrder(BTC, ETH);
        }
    }

    @Test
    void forgottenScriptIsLoadedAgain() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 1));
            reader.scriptFlush();

            test.writeAll(candle(1, 2), candle(ETH, "1m", 1, 1));

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 2));
            assertThat(test.metrics.retried.getCount()).isZero();
        }
    }

    @Test
    void keyOfAnotherTypeHoldsUpItsIntervalOnlyUntilItIsGone() throws Exception {
        reader.hset(RedisKeys.latest(BTC, "1m"), "a", "b");
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.write(candle(1, 1), candle(BTC, "1h", 0, 1), candle(ETH, "1m", 1, 1));
            test.until("the others", () -> test.metrics.accepted.getCount() == 2);
            test.until("attempts", () -> test.metrics.blocked.getCount() >= 2);
            assertThat(test.state()).containsExactly(candle(1, 1));

            reader.del(RedisKeys.latest(BTC, "1m"));
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 1));
        }
    }

    @Test
    void demotedMasterIsLeft() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.writeAll(candle(1, 1), candle(ETH, "1m", 1, 1));
            reader.replicaof("127.0.0.1", 1);
            test.write(candle(1, 2));
            test.until("refusals", () -> test.metrics.retried.getCount() >= 2);
            assertThat(test.metrics.blocked.getCount()).isZero();
            assertThat(test.state()).contains(candle(1, 2));

            reader.replicaofNoOne();
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 2));
            assertThat(test.metrics.reconnects.getCount()).isPositive();
            assertThat(test.metrics.rewritten.getCount()).isPositive();
        }
    }

    @Test
    void fullServerIsWaitedFor() throws Exception {
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            reader.configSet("maxmemory", "1");
            test.write(candle(1, 1));
            test.until("refusals", () -> test.metrics.blocked.getCount() >= 2);

            reader.configSet("maxmemory", "0");
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 1));
        }
    }

    @Test
    void busyServerIsWaitedFor() throws Exception {
        reader.configSet("lua-time-limit", "1");
        Thread endless =
                new Thread(
                        () -> {
                            try (Jedis other = redis.client()) {
                                other.eval("while true do end");
                            } catch (RuntimeException killed) {
                                assertThat(killed).hasMessageContaining("killed");
                            }
                        });
        endless.start();
        Await.until("busy server", this::isBusy);
        try (TestWriter test = TestWriter.to(redis.settings(TestWriter.HISTORY))) {
            test.write(candle(1, 1));
            test.until("refusals", () -> test.metrics.retried.getCount() >= 2);

            reader.scriptKill();
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 1));
        }
        endless.join();
    }

    @Test
    void rightPasswordIsWaitedFor() throws Exception {
        RedisSettings open = redis.settings(TestWriter.HISTORY);
        RedisSettings login =
                new RedisSettings(open.mode(), open.nodes(), null, "kline", "secret", false, 3);
        try (TestWriter test = TestWriter.to(login)) {
            test.write(candle(1, 1));
            test.until("refusals", () -> test.metrics.blocked.getCount() >= 2);

            DocumentedRights.of("kline").grant(reader);
            test.writer.flush(true);

            assertThat(latest(BTC, "1m")).isEqualTo(candle(1, 1));
        }
    }

    @Test
    void jobWithoutGenericTypesWritesEverything() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        env.fromSequence(1, 1_000)
                .map(n -> candle((int) (n / 10), n))
                .returns(Candle.class)
                .keyBy(Candle::symbol)
                .sinkTo(new RedisKlineSink(redis.settings(5)));

        env.execute();

        assertThat(latest(BTC, "1m")).isEqualTo(candle(100, 1_000));
        assertThat(history(BTC, "1m"))
                .extracting(Candle::openTime)
                .containsExactly(95 * MINUTE, 96 * MINUTE, 97 * MINUTE, 98 * MINUTE, 99 * MINUTE);
        assertThat(history(BTC, "1m")).contains(candle(99, 999));
    }

    private boolean isBusy() {
        try {
            return reader.get("any") != null;
        } catch (JedisBusyException e) {
            return true;
        }
    }

    private Candle latest(String symbol, String interval) {
        return KlineJson.read(reader.get(RedisKeys.latest(symbol, interval)));
    }

    private List<Candle> history(String symbol, String interval) {
        return reader.zrange(RedisKeys.history(symbol, interval), 0, -1).stream()
                .map(KlineJson::read)
                .toList();
    }
}
