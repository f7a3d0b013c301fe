package io.kline.server;

import static io.kline.server.TradedStores.BTC;
import static io.kline.server.TradedStores.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.server.TradedStores.Figures;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class TickerStreamITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TradedStores traded = new TradedStores();

    @RegisterExtension
    static final TestServer server = new TestServer(traded::fill, TestServer::withTickers);

    @BeforeAll
    static void untilAllSymbolsAreOnTheBoard() throws Exception {
        Await.until(
                PATIENCE,
                "all tickers",
                () -> JSON.readTree(server.client().get("/api/v3/ticker/24hr").body()).size() == 2);
    }

    @Test
    void tellsWhatIsAndThenWhatChanges() throws Exception {
        try (TestSocket mini = TestSocket.open(server.port(), "/ws/btcusdt@miniTicker");
                TestSocket full = TestSocket.open(server.port(), "/stream?streams=btcusdt@ticker");
                TestSocket average = TestSocket.open(server.port(), "/ws/btcusdt@avgPrice")) {
            mini.await(1);
            full.await(1);
            average.await(1);
            traded.trade(server.stores(), BTC, "1.25");
            Await.until(PATIENCE, "the trade", () -> last(mini).contains("\"c\":\"1.25\""));
            Await.until(PATIENCE, "the trade", () -> last(full).contains("\"c\":\"1.25\""));
            Await.until(
                    PATIENCE, "the trade", () -> !last(average).equals(average.messages.get(0)));

            JsonNode message = JSON.readTree(last(full)).get("data");
            long open = message.get("O").asLong();
            Figures figures = traded.figures(BTC, open);
            assertThat(JSON.readTree(last(full)).get("stream").asText())
                    .isEqualTo("btcusdt@ticker");
            assertThat(fields(message))
                    .containsExactly(
                            "e", "E", "s", "p", "P", "w", "c", "o", "h", "l", "v", "q", "O", "C",
                            "F", "L", "n");
            assertThat(message.get("e").asText()).isEqualTo("24hrTicker");
            assertThat(message.get("l").asText()).isEqualTo("1.25");
            assertThat(message.get("q").asText()).isEqualTo(TradedStores.plain(figures.quote));
            assertThat(message.get("L").asLong()).isEqualTo(figures.lastId);
            assertThat(message.get("n").asLong()).isEqualTo(figures.count);

            JsonNode small = JSON.readTree(last(mini));
            assertThat(fields(small)).containsExactly("e", "E", "s", "c", "o", "h", "l", "v", "q");
            assertThat(small.get("e").asText()).isEqualTo("24hrMiniTicker");
            assertThat(small.get("v").asText()).isEqualTo(TradedStores.plain(figures.volume));

            JsonNode price = JSON.readTree(last(average));
            assertThat(fields(price)).containsExactly("e", "E", "s", "i", "w", "T");
            assertThat(price.get("T").asLong()).isEqualTo(traded.figures(BTC, 0).lastTime);
        }
    }

    @Test
    void theArrayHoldsWhatHasChanged() throws Exception {
        try (TestSocket all = TestSocket.open(server.port(), "/ws/!miniTicker@arr")) {
            all.await(1);
            assertThat(symbols(all.messages.get(0))).containsExactly(BTC, ETH);
            traded.trade(server.stores(), ETH, "2.5");
            Await.until(
                    PATIENCE,
                    "the changed one alone",
                    () -> symbols(last(all)).equals(List.of(ETH)) && last(all).contains("\"2.5\""));
        }
    }

    /** What was missed is read when Redis is there again, corrections of old minutes, too. */
    @Test
    void healsAfterTheSubscriptionWasLost() throws Exception {
        Candle old =
                KlineJson.read(
                        server.stores()
                                .redis
                                .zrange(RedisKeys.history(ETH, "1m"), -600, -600)
                                .get(0));
        Candle corrected =
                CandleBuilder.like(old)
                        .prices(old.open(), new BigDecimal("99999"), old.low(), old.close())
                        .count(old.count() + 10)
                        .first(old.isFlat() ? 1 : old.firstTradeId())
                        .build();
        server.stores()
                .redis
                .zremrangeByScore(RedisKeys.history(ETH, "1m"), old.openTime(), old.openTime());
        server.stores().toHistory(List.of(corrected));
        for (String client : server.stores().redis.clientList().split("\n")) {
            if (client.matches(".* s?sub=[1-9].*")) {
                server.stores().redis.clientKill(client.replaceFirst(".* addr=(\\S+) .*", "$1"));
            }
        }
        Await.until(
                PATIENCE,
                "the correction",
                () ->
                        JSON.readTree(
                                        server.client()
                                                .get("/api/v3/ticker/24hr?symbol=ETHUSDT")
                                                .body())
                                .get("highPrice")
                                .asText()
                                .equals("99999"));
    }

    @Test
    void timesAreMicrosecondsForWhoWantsThem() throws Exception {
        for (String name : List.of("btcusdt@ticker", "!miniTicker@arr", "btcusdt@avgPrice")) {
            try (TestSocket micros =
                            TestSocket.open(
                                    server.port(), "/ws/" + name + "?timeUnit=MICROSECOND");
                    TestSocket millis = TestSocket.open(server.port(), "/ws/" + name)) {
                micros.await(1);
                millis.await(1);
                assertThat(micros.messages.get(0)).containsPattern("\"E\":\\d{16}\\b");
                assertThat(millis.messages.get(0)).containsPattern("\"E\":\\d{13}\\b");
            }
        }
    }

    @Test
    void otherNamesAreNoStreams() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws")) {
            for (String name : List.of("!avgPrice@arr", "BTCUSDT@ticker", "@ticker", "!x@arr")) {
                assertThat(
                                socket.ask(
                                                "{\"method\":\"SUBSCRIBE\",\"params\":[\""
                                                        + name
                                                        + "\"],\"id\":1}")
                                        .get("code")
                                        .asInt())
                        .as(name)
                        .isEqualTo(2);
            }
        }
    }

    private static String last(TestSocket socket) {
        return socket.messages.get(socket.messages.size() - 1);
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> symbols(String array) throws Exception {
        List<String> symbols = new ArrayList<>();
        JSON.readTree(array).forEach(each -> symbols.add(each.get("s").asText()));
        return symbols;
    }
}
