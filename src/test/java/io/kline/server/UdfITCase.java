package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Trades;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shapes are those that the datafeed adapter of TradingView's examples reads: {@code
 * UdfCompatibleConfiguration}, {@code LibrarySymbolInfo}, {@code SearchSymbolResultItem[]}, {@code
 * HistoryFullDataResponse}, {@code HistoryNoDataResponse}, {@code UdfErrorResponse}.
 */
class UdfITCase {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String SYMBOL = "UDFUSDT";
    private static final long START = Trades.at("2025-03-04T00:00:30Z");
    private static final long MINUTE = 60_000;
    private static final int HISTORY = 100;

    /** Minutes with trades, counted from the first; then nothing until minute 3,100. */
    private static final int BUSY = 300;

    private static final int AGAIN = 3_100;
    private static final int LAST = 3_120;

    @RegisterExtension static final TestServer server = new TestServer(UdfITCase::filled);

    private static List<Candle> traded;

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.empty();
        List<Trade> trades = new ArrayList<>();
        for (int minute = 0; minute <= LAST; minute++) {
            boolean isTraded = minute < BUSY ? minute % 3 != 1 : minute >= AGAIN;
            if (isTraded) {
                trades.add(
                        new Trade(
                                SYMBOL,
                                minute,
                                minute,
                                new BigDecimal("0.0012345").add(new BigDecimal(minute)),
                                new BigDecimal("1.50"),
                                START + minute * MINUTE,
                                false));
            }
        }
        long end = START + LAST * MINUTE + 1;
        for (Interval interval : CandleStores.INTERVALS) {
            List<Candle> candles = NaiveCandles.of(trades, interval, end, end);
            stores.fill(candles, HISTORY);
            if (interval.code().equals("1m")) {
                traded = candles.stream().filter(candle -> !candle.isFlat()).toList();
            }
        }
        stores.redis.sadd("kline:symbols", "ABCUSDT", "XUDFBTC");
        return stores;
    }

    @Test
    void configurationSupportsSearchAndTime() throws Exception {
        JsonNode config = get("/udf/config", 200);
        assertThat(config.get("supports_search").isBoolean()).isTrue();
        assertThat(config.get("supports_search").asBoolean()).isTrue();
        assertThat(config.get("supports_group_request").asBoolean()).isFalse();
        assertThat(config.get("supports_marks").asBoolean()).isFalse();
        assertThat(config.get("supports_time").asBoolean()).isTrue();
        assertThat(texts(config.get("supported_resolutions")))
                .containsExactly("1", "5", "15", "30", "60", "480", "1D", "1W", "1M");
        for (String list : List.of("exchanges", "symbols_types")) {
            for (JsonNode choice : config.get(list)) {
                assertThat(choice.get("name").isTextual()).isTrue();
                assertThat(choice.get("value").isTextual()).isTrue();
            }
        }
    }

    @Test
    void timeIsSecondsAsPlainText() throws Exception {
        HttpResponse<String> time = server.client().get("/udf/time");
        assertThat(time.headers().firstValue("Content-Type"))
                .get()
                .asString()
                .contains("text/plain");
        assertThat(Long.parseLong(time.body()))
                .isBetween(START / 1_000, System.currentTimeMillis() / 1_000);
    }

    @Test
    void symbolTellsHowItIsDrawn() throws Exception {
        JsonNode symbol = get("/udf/symbols?symbol=" + SYMBOL, 200);
        for (String text :
                List.of(
                        "name",
                        "ticker",
                        "description",
                        "type",
                        "session",
                        "timezone",
                        "exchange",
                        "listed_exchange",
                        "format",
                        "data_status")) {
            assertThat(symbol.get(text).isTextual()).as(text).isTrue();
        }
        assertThat(symbol.has("s")).isFalse();
        assertThat(symbol.get("ticker").asText()).isEqualTo(SYMBOL);
        assertThat(symbol.get("session").asText()).isEqualTo("24x7");
        assertThat(symbol.get("minmov").asInt()).isEqualTo(1);
        assertThat(symbol.get("pricescale").asLong()).isEqualTo(10_000_000);
        assertThat(symbol.get("has_intraday").asBoolean()).isTrue();
        assertThat(texts(symbol.get("intraday_multipliers")))
                .containsExactly("1", "5", "15", "30", "60", "480");
        assertThat(texts(symbol.get("supported_resolutions"))).contains("1D", "1M");
    }

    @Test
    void searchFindsPartsOfNamesAndAcceptsEmptyParameters() throws Exception {
        JsonNode found = get("/udf/search?limit=30&query=udf&type=&exchange=", 200);
        assertThat(found.isArray()).isTrue();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).get("symbol").asText()).isEqualTo(SYMBOL);
        assertThat(found.get(1).get("ticker").asText()).isEqualTo("XUDFBTC");
        for (String text : List.of("symbol", "full_name", "description", "exchange", "type")) {
            assertThat(found.get(0).get(text).isTextual()).as(text).isTrue();
        }
        assertThat(get("/udf/search?limit=2&query=&type=&exchange=", 200)).hasSize(2);
        assertThat(get("/udf/search?limit=30&query=UDF&type=stock&exchange=", 200)).isEmpty();
    }

    @Test
    void historyIsTheTradedCandlesOfTheRange() throws Exception {
        long from = START / MINUTE * MINUTE + 2 * MINUTE;
        long to = from + 50 * MINUTE;
        JsonNode history = history("1", from, to, "");
        assertBars(
                history,
                traded.stream()
                        .filter(each -> each.openTime() >= from && each.openTime() < to)
                        .toList());
    }

    @Test
    void countbackGoesBeforeFromAndOverQuietTimes() throws Exception {
        long to = START + (LAST + 1) * MINUTE;
        JsonNode history = history("1", to - MINUTE, to, "&countback=150");
        assertBars(history, traded.subList(traded.size() - 150, traded.size()));
        JsonNode all = history("1", -62_000_000_000L * 1_000, to, "&countback=5000");
        assertBars(all, traded);
    }

    @Test
    void quietTimeSaysWhereThereIsMore() throws Exception {
        long from = START + 1_000 * MINUTE;
        JsonNode history = history("1", from, from + 100 * MINUTE, "");
        assertThat(history.get("s").asText()).isEqualTo("no_data");
        long lastBusy = START / MINUTE * MINUTE + (BUSY - 1) * MINUTE;
        assertThat(history.get("nextTime").asLong()).isEqualTo(lastBusy / 1_000);
        JsonNode before = history("1", START - 10 * MINUTE, START - MINUTE, "&countback=10");
        assertThat(before.toString()).isEqualTo("{\"s\":\"no_data\"}");
    }

    @Test
    void daysAreKnownByBothNames() throws Exception {
        long to = START + (LAST + 1) * MINUTE;
        JsonNode days = history("1D", START - 86_400_000L, to, "");
        assertThat(days.get("t")).hasSize(2);
        assertThat(days.get("t").get(0).asLong() * 1_000)
                .isEqualTo(Trades.at("2025-03-04T00:00:00Z"));
        assertThat(history("D", START - 86_400_000L, to, "")).isEqualTo(days);
    }

    @Test
    void errorsAreToldAsTheAdapterReadsThem() throws Exception {
        for (String path :
                List.of(
                        "/udf/symbols?symbol=NOBODY",
                        "/udf/symbols",
                        "/udf/history?symbol=NOBODY&resolution=1&from=0&to=100",
                        "/udf/history?symbol=UDFUSDT&resolution=7&from=0&to=100",
                        "/udf/history?symbol=UDFUSDT&resolution=1&from=x&to=100",
                        "/udf/history?symbol=UDFUSDT&resolution=1&from=0",
                        "/udf/history?symbol=udf usdt&resolution=1&from=0&to=1".replace(" ", "%20"),
                        "/udf/search?limit=-1&query=")) {
            JsonNode error = get(path, 400);
            assertThat(error.get("s").asText()).as(path).isEqualTo("error");
            assertThat(error.get("errmsg").asText()).as(path).isNotBlank();
        }
    }

    private static void assertBars(JsonNode history, List<Candle> expected) {
        assertThat(history.get("s").asText()).isEqualTo("ok");
        assertThat(history.get("t")).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Candle candle = expected.get(i);
            assertThat(history.get("t").get(i).asLong()).isEqualTo(candle.openTime() / 1_000);
            assertNumber(history.get("o").get(i), candle.open());
            assertNumber(history.get("h").get(i), candle.high());
            assertNumber(history.get("l").get(i), candle.low());
            assertNumber(history.get("c").get(i), candle.close());
            assertNumber(history.get("v").get(i), candle.volume());
        }
    }

    private static void assertNumber(JsonNode number, BigDecimal expected) {
        assertThat(number.isNumber()).isTrue();
        assertThat(number.decimalValue()).isEqualByComparingTo(KlineJson.plain(expected));
    }

    private static JsonNode history(String resolution, long from, long to, String more)
            throws Exception {
        return get(
                "/udf/history?symbol=%s&resolution=%s&from=%d&to=%d%s"
                        .formatted(SYMBOL, resolution, from / 1_000, to / 1_000, more),
                200);
    }

    private static JsonNode get(String path, int status) throws Exception {
        HttpResponse<String> response = server.client().get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
