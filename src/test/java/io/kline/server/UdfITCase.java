package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Trades;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.time.Duration;
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
    private static final long FIRST_OPEN = START / MINUTE * MINUTE;
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
        for (int trade = 1; trade <= 3; trade++) {
            stores.sql(
                    "INSERT INTO kline_correction (symbol, interval_code, open_time, trade_id, price,"
                            + " quantity, trade_time, is_buyer_maker, executions) VALUES ('"
                            + SYMBOL
                            + "', '1m', "
                            + (FIRST_OPEN + (trade == 3 ? 5 : 2) * MINUTE)
                            + ", "
                            + trade
                            + ", 1, 1, 1, 0, 1)");
        }
        return stores;
    }

    @Test
    void configurationSupportsSearchAndTime() throws Exception {
        JsonNode config = get("/udf/config", 200);
        assertThat(config.get("supports_search").isBoolean()).isTrue();
        assertThat(config.get("supports_search").asBoolean()).isTrue();
        assertThat(config.get("supports_group_request").asBoolean()).isFalse();
        assertThat(config.get("supports_marks").asBoolean()).isTrue();
        assertThat(config.get("supports_timescale_marks").asBoolean()).isTrue();
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

    @Test
    void namesMayHaveTheExchangeAndRequestsMore() throws Exception {
        JsonNode symbol = get("/udf/symbols?symbol=KLINE:" + SYMBOL + "&lang=en&symbol=X", 200);
        assertThat(symbol).isEqualTo(get("/udf/symbols?symbol=" + SYMBOL, 200));
        assertThat(symbol.get("full_name").asText()).isEqualTo("KLINE:" + SYMBOL);
        long to = START + (LAST + 1) * MINUTE;
        String range = "&resolution=1&from=0&to=" + to / 1_000 + "&countback=2";
        assertThat(get("/udf/history?adjustment=none&symbol=KLINE%3A" + SYMBOL + range, 200))
                .isEqualTo(get("/udf/history?symbol=" + SYMBOL + range, 200));
        assertThat(get("/udf/symbols?symbol=OTHER:" + SYMBOL, 400).get("errmsg").asText())
                .isEqualTo("Invalid symbol.");
        assertThat(get("/udf/time?x=1", 200).isNumber()).isTrue();
    }

    /** Newer candles with round prices, and far more of them than are looked at. */
    @Test
    void theScaleOfPricesStaysWhenTheyAreRound() throws Exception {
        String symbol = "ROUNDUSDT";
        server.stores().toLatest(minute(symbol, 0, "0.12345"));
        Await.until(
                Duration.ofSeconds(20),
                "known",
                () -> server.client().get("/udf/symbols?symbol=" + symbol).statusCode() == 200);
        long scale = get("/udf/symbols?symbol=" + symbol, 200).get("pricescale").asLong();
        assertThat(scale).isEqualTo(100_000);
        server.stores().toLatest(minute(symbol, 1, "5"));
        assertThat(get("/udf/symbols?symbol=" + symbol, 200).get("pricescale").asLong())
                .isEqualTo(scale);
    }

    private static Candle minute(String symbol, int number, String price) {
        BigDecimal value = new BigDecimal(price);
        return CandleBuilder.candle(symbol, "1m", FIRST_OPEN + number * MINUTE)
                .prices(value, value, value, value)
                .build();
    }

    @Test
    void quotesCompareWithTheDayBefore() throws Exception {
        JsonNode quotes = get("/udf/quotes?symbols=KLINE:" + SYMBOL + ",NOBODY,a%20b", 200);
        assertThat(quotes.get("s").asText()).isEqualTo("ok");
        assertThat(quotes.get("d")).hasSize(3);
        JsonNode quote = quotes.get("d").get(0);
        assertThat(quote.get("n").asText()).isEqualTo("KLINE:" + SYMBOL);
        JsonNode values = quote.get("v");
        JsonNode days = history("1D", START - 86_400_000L, START + (LAST + 1) * MINUTE, "");
        BigDecimal now = days.get("c").get(1).decimalValue();
        BigDecimal before = days.get("c").get(0).decimalValue();
        assertNumber(values.get("lp"), now);
        assertNumber(values.get("prev_close_price"), before);
        assertNumber(values.get("ch"), now.subtract(before));
        assertThat(values.get("chp").decimalValue())
                .isEqualByComparingTo(
                        now.subtract(before)
                                .movePointRight(2)
                                .divide(before, 2, RoundingMode.HALF_UP));
        assertNumber(values.get("volume"), days.get("v").get(1).decimalValue());
        assertThat(values.has("bid")).isFalse();
        assertThat(quotes.get("d").get(1).get("s").asText()).isEqualTo("error");
        assertThat(quotes.get("d").get(2).get("s").asText()).isEqualTo("error");
        assertThat(get("/udf/quotes?symbols=" + "A,".repeat(60) + "A", 400).get("s").asText())
                .isEqualTo("error");
    }

    @Test
    void marksAreTheLedgersCandles() throws Exception {
        String range =
                "?symbol=%s&resolution=1&from=%d&to=%d"
                        .formatted(SYMBOL, FIRST_OPEN / 1_000, START / 1_000 + 86_400);
        JsonNode marks = get("/udf/marks" + range, 200);
        assertThat(marks.get("time")).hasSize(2);
        assertThat(marks.get("time").get(0).asLong()).isEqualTo((FIRST_OPEN + 2 * MINUTE) / 1_000);
        assertThat(marks.get("text").get(0).asText())
                .matches("Corrected by 2 late trades. Applied at 20.*Z");
        assertThat(marks.get("text").get(1).asText()).startsWith("Corrected by a late trade.");
        for (String column :
                List.of("id", "time", "color", "text", "label", "labelFontColor", "minSize")) {
            assertThat(marks.get(column)).as(column).hasSize(2);
        }
        JsonNode onTheAxis = get("/udf/timescale_marks" + range, 200);
        assertThat(onTheAxis).hasSize(2);
        assertThat(onTheAxis.get(1).get("time").asLong())
                .isEqualTo((FIRST_OPEN + 5 * MINUTE) / 1_000);
        assertThat(onTheAxis.get(1).get("id").isTextual()).isTrue();
        assertThat(onTheAxis.get(1).get("tooltip")).hasSize(2);
        assertThat(get("/udf/timescale_marks" + range.replace("=1&", "=5&"), 200)).isEmpty();
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
