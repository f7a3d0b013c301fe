package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.testing.CandleStores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 100 minutes of three executions each, of which Redis has the newest ten; some are missing. */
class CompletenessITCase {

    private static final long MINUTE = 60_000;
    private static final long FIRST = TestStores.FIRST;
    private static final String PATH = "/api/v1/completeness?symbol=BTCUSDT&interval=1m";

    private static final List<Candle> MINUTES = new ArrayList<>();

    private static CandleStores stores;
    private static KlineServer server;

    @BeforeAll
    static void start() throws Exception {
        stores = TestStores.empty();
        Ohlcv last = null;
        for (int minute = 0; minute < 100; minute++) {
            Ohlcv content = last == null ? null : last.carried();
            for (int i = 0; i < 3; i++) {
                long id = 1_000 + 3L * minute + i;
                boolean isMissing = id == 1_061 || minute == 40 || id == 1_284 || id == 1_285;
                if (!isMissing) {
                    Ohlcv one = Ohlcv.of(trade(id, FIRST + minute * MINUTE + 1_000 * i));
                    content = content == null || content.isFlat() ? one : content.plus(one);
                }
            }
            long open = FIRST + minute * MINUTE;
            CandleKey key = new CandleKey("BTCUSDT", "1m", open);
            MINUTES.add(new Candle(key, open + MINUTE - 1, content, minute < 99));
            last = content;
        }
        stores.fill(MINUTES, 10);
        server = KlineServer.start(TestServer.settings(stores.settings()));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        stores.close();
    }

    @Test
    void gapsAreFoundAcrossBothStores() throws Exception {
        JsonNode all = get(PATH);
        assertThat(all.at("/missing")).isEmpty();
        assertThat(all.at("/candles")).hasSize(100);
        assertThat(all.at("/gaps").toString())
                .isEqualTo(
                        "["
                                + gap(1_060, 1_062, 1, 20 * MINUTE, 21 * MINUTE - 1)
                                + ","
                                + gap(1_120, 1_122, 3, 39 * MINUTE + 2_000, 41 * MINUTE)
                                + ","
                                + gap(1_284, 1_285, 2, 94 * MINUTE + 1_000, 95 * MINUTE)
                                + "]");
        assertThat(incomplete(all)).containsExactly(20L, 39L, 41L, 94L, 95L);
    }

    @Test
    void whatIsBeforeTheRangeTellsWhatItBeginsWith() throws Exception {
        JsonNode part =
                get(PATH + "&from=" + (FIRST + 41 * MINUTE) + "&to=" + (FIRST + 50 * MINUTE));
        assertThat(part.at("/candles")).hasSize(10);
        assertThat(part.at("/gaps")).hasSize(1);
        assertThat(incomplete(part)).containsExactly(41L);
        JsonNode clean = get(PATH + "&from=" + (FIRST + 42 * MINUTE) + "&limit=7");
        assertThat(clean.at("/candles")).hasSize(7);
        assertThat(clean.at("/gaps")).isEmpty();
    }

    @Test
    void candlesAreMarked() throws Exception {
        JsonNode klines = get("/api/v1/klines?symbol=BTCUSDT&interval=1m").at("/klines");
        assertThat(klines).hasSize(100);
        assertThat(
                        StreamSupport.stream(klines.spliterator(), false)
                                .filter(kline -> !kline.at("/complete").asBoolean(true))
                                .map(kline -> (kline.at("/t").asLong() - FIRST) / MINUTE))
                .containsExactly(20L, 39L, 41L, 94L, 95L);
    }

    @Test
    void anUnknownSymbolIsRefused() throws Exception {
        assertThat(get(PATH.replace("BTCUSDT", "NONE")).at("/code").asInt()).isEqualTo(-1121);
    }

    private static List<Long> incomplete(JsonNode answer) {
        return StreamSupport.stream(answer.at("/candles").spliterator(), false)
                .filter(candle -> !candle.at("/complete").asBoolean())
                .map(candle -> (candle.at("/openTime").asLong() - FIRST) / MINUTE)
                .toList();
    }

    private static String gap(long first, long last, long count, long from, long to) {
        return "{\"firstId\":%d,\"lastId\":%d,\"count\":%d,\"from\":%d,\"to\":%d}"
                .formatted(first, last, count, FIRST + from, FIRST + to);
    }

    private static JsonNode get(String path) throws Exception {
        return new ObjectMapper().readTree(new TestClient(server.port()).get(path).body());
    }

    private static Trade trade(long id, long time) {
        return new Trade("BTCUSDT", id, id, BigDecimal.TEN, BigDecimal.ONE, time, false);
    }
}
