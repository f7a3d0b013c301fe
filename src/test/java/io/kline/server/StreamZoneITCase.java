package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Days of +08:00 out of eight hours of UTC, live. */
@Timeout(60)
class StreamZoneITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SYMBOL = "ZONEUSDT";
    private static final long PART = 8 * 3_600_000L;
    private static final Interval DAY = Interval.parse("1d", ZoneOffset.ofHours(8));

    @RegisterExtension static final TestServer server = new TestServer(StreamZoneITCase::filled);

    /** When the current day of +08:00 opens, ms. */
    private static long open;

    /** How many parts of it have closed. */
    private static int closedParts;

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.empty();
        long now = System.currentTimeMillis();
        open = DAY.openOf(now);
        closedParts = (int) ((now - open) / PART);
        List<Candle> candles = new ArrayList<>();
        for (int part = -6; part < closedParts; part++) {
            candles.add(part(part, 10, true));
        }
        candles.add(part(closedParts, 1, false));
        stores.fill(candles, 2);
        return stores;
    }

    @Test
    void daysAreMadeAsTheirPartsChange() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/zoneusdt@kline_1d@+08:00");
                TestSocket hours = TestSocket.open(server.port(), "/ws/zoneusdt@kline_8h")) {
            socket.await(1);
            assertThat(day(socket, 0)).isEqualTo(open + " n" + (10 * closedParts + 1));
            hours.await(1);
            int messages = 1;
            for (int part = closedParts; part < 3; part++) {
                publish(part(part, 4, false));
                socket.await(++messages);
                assertThat(day(socket, messages - 1)).isEqualTo(open + " n" + (10 * part + 4));
                if (part == 2) {
                    // Too early, as on a busy symbol.
                    publish(part(3, 1, false));
                }
                publish(part(part, 10, true));
                socket.await(++messages);
            }
            assertThat(day(socket, messages - 1)).isEqualTo(open + " n30 closed");
            socket.await(++messages);
            assertThat(day(socket, messages - 1)).isEqualTo(open + 3 * PART + " n1");
            assertThat(socket.json(0).at("/k/i").asText()).isEqualTo("1d");
            assertThat(socket.json(0).at("/k/T").asLong()).isEqualTo(open + 3 * PART - 1);
            // The first of three parts opens at its own price.
            assertThat(new BigDecimal(socket.json(messages - 2).at("/k/o").asText()))
                    .isEqualByComparingTo("100");
            assertThat(new BigDecimal(socket.json(messages - 2).at("/k/c").asText()))
                    .isEqualByComparingTo("102");
            assertThat(hours.messages).hasSizeGreaterThan(1);
        }
    }

    @Test
    void boundariesThatAreTheSameNeedNothingMade() throws Exception {
        try (TestSocket plain = TestSocket.open(server.port(), "/ws/zoneusdt@kline_8h");
                TestSocket zoned = TestSocket.open(server.port(), "/ws/zoneusdt@kline_8h@+08:00")) {
            plain.await(1);
            zoned.await(1);
            assertThat(zoned.json(0).get("k")).isEqualTo(plain.json(0).get("k"));
        }
    }

    private static String day(TestSocket socket, int index) throws Exception {
        JsonNode kline = socket.json(index).get("k");
        return kline.get("t").asLong()
                + " n"
                + kline.get("n").asInt()
                + (kline.get("x").asBoolean() ? " closed" : "");
    }

    /** A part of the current day, counted from its first; before it with negative numbers. */
    private static Candle part(int number, long count, boolean closed) {
        BigDecimal price = new BigDecimal(100 + number);
        long at = open + number * PART;
        return CandleBuilder.candle(SYMBOL, "8h", at)
                .prices(price, price, price, price)
                .count(count)
                .first(number * 100L + 1_000)
                .last(at + count, number * 100L + 1_000 + count)
                .closed(closed)
                .build();
    }

    private static void publish(Candle candle) throws Exception {
        String channel = RedisKeys.latest(candle.symbol(), candle.interval());
        Await.until(
                PATIENCE,
                "subscription",
                () -> server.stores().redis.pubsubNumSub(channel).get(channel) == 1);
        server.stores().redis.publish(channel, KlineJson.write(candle));
    }
}
