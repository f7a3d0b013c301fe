package io.kline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.TakeOver;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Candles;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** What a start without state finds in Redis, and goes on finding. */
class RedisStoredCandlesITCase {

    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));
    private static final long MILLIS = 60_000;

    private static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
    }

    @AfterAll
    static void stop() {
        redis.kill();
    }

    @BeforeEach
    void hourOfCandles() {
        try (Jedis client = redis.client()) {
            client.flushAll();
            client.sadd(RedisKeys.SYMBOLS, "BTCUSDT", "ETHUSDT", "not a symbol");
            for (int minute = 0; minute < 60; minute++) {
                Candle candle = candle(minute);
                client.zadd(
                        RedisKeys.history("BTCUSDT", "1m"),
                        candle.openTime(),
                        KlineJson.write(candle));
            }
            client.set(RedisKeys.latest("BTCUSDT", "1m"), KlineJson.write(candle(60)));
        }
    }

    /** Nobody else could make room: all that write wait for the start. */
    @Test
    @Timeout(60)
    void aServerWithoutMemoryDoesNotHoldUpTheStart() throws Exception {
        try (Jedis client = redis.client();
                RedisStoredCandles stored = stored("full")) {
            client.configSet("maxmemory", "1");
            try {
                assertThat(stored.symbols()).contains("BTCUSDT");
                assertThat(opens(stored.newest("BTCUSDT", MINUTE, 50 * MILLIS)))
                        .containsExactlyElementsOf(minutes(45, 60));
            } finally {
                client.configSet("maxmemory", "0");
            }
        }
    }

    @Test
    void theSameStartFindsTheSameForEver() throws Exception {
        try (RedisStoredCandles first = stored("a")) {
            assertThat(first.symbols()).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
            assertThat(first.newest("ETHUSDT", MINUTE, 0).candles()).isEmpty();
            assertThat(opens(first.newest("BTCUSDT", MINUTE, 50 * MILLIS)))
                    .as("from 15 minutes before the latest, which is at 60")
                    .containsExactlyElementsOf(minutes(45, 60));
        }
        try (Jedis client = redis.client()) {
            client.sadd(RedisKeys.SYMBOLS, "NEWUSDT");
            client.set(RedisKeys.latest("BTCUSDT", "1m"), KlineJson.write(candle(61)));
            client.set(RedisKeys.latest("ETHUSDT", "1m"), KlineJson.write(candle(61)));
        }
        try (RedisStoredCandles again = stored("a");
                RedisStoredCandles another = stored("b")) {
            assertThat(again.symbols()).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
            assertThat(again.newest("ETHUSDT", MINUTE, 0).candles()).isEmpty();
            assertThat(opens(again.newest("BTCUSDT", MINUTE, 0)))
                    .containsExactlyElementsOf(minutes(45, 60));
            assertThat(another.symbols()).contains("NEWUSDT");
            assertThat(opens(another.newest("BTCUSDT", MINUTE, 10 * MILLIS)))
                    .containsExactlyElementsOf(minutes(10, 59, 61));
        }
        try (Jedis client = redis.client()) {
            assertThat(client.keys("kline-start:*"))
                    .allMatch(key -> client.ttl(key) > 0 && client.ttl(key) <= 86_400);
        }
    }

    @Test
    void anEmptyServerStaysEmptyForTheStart() throws Exception {
        try (Jedis client = redis.client()) {
            client.flushAll();
        }
        try (RedisStoredCandles stored = stored("c")) {
            assertThat(stored.symbols()).isEmpty();
        }
        try (Jedis client = redis.client()) {
            client.sadd(RedisKeys.SYMBOLS, "BTCUSDT");
        }
        try (RedisStoredCandles stored = stored("c")) {
            assertThat(stored.symbols()).isEmpty();
        }
    }

    /** The history job goes on with its corrections: none of them is where a series ends. */
    @Test
    void correctionsOfAnEmptiedServerAreNotTheLatest() throws Exception {
        try (Jedis client = redis.client()) {
            client.del(RedisKeys.latest("BTCUSDT", "1m"));
        }
        try (RedisStoredCandles stored = stored("f")) {
            assertThat(stored.newest("BTCUSDT", MINUTE, 50 * MILLIS).candles()).isEmpty();
        }
    }

    @Test
    void whatIsForgottenIsAskedAnew() throws Exception {
        try (RedisStoredCandles stored = stored("d")) {
            stored.symbols();
            stored.newest("BTCUSDT", MINUTE, 0);
            stored.forget(Set.of("BTCUSDT"));
        }
        try (Jedis client = redis.client()) {
            assertThat(client.keys("kline-start:*")).isEmpty();
        }
    }

    @Test
    void aKeyOfAnotherTypeHoldsNoCandles() throws Exception {
        try (Jedis client = redis.client()) {
            client.sadd(RedisKeys.latest("ETHUSDT", "1m"), "something else");
        }
        try (RedisStoredCandles stored = stored("e")) {
            assertThat(stored.newest("ETHUSDT", MINUTE, 0).candles()).isEmpty();
        }
    }

    private static RedisStoredCandles stored(String start) {
        return new RedisStoredCandles(redis.settings(1500), start, Duration.ofMinutes(15));
    }

    private static Candle candle(int minute) {
        return Candles.candle(minute, 1, minute * MILLIS, minute, true);
    }

    private static List<Long> opens(TakeOver found) {
        return found.candles().stream().map(Candle::openTime).toList();
    }

    private static List<Long> minutes(int from, int to, int... more) {
        return IntStream.concat(IntStream.rangeClosed(from, to), IntStream.of(more))
                .mapToObj(minute -> minute * MILLIS)
                .toList();
    }
}
