package io.kline.server;

import static io.kline.server.TradedStores.BTC;
import static io.kline.server.TradedStores.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The libraries that programs read Binance with, unchanged but for the address: Binance's own
 * connectors, binance-api-node, node-binance-api, ccxt. Needs Node.js and npm.
 */
@Timeout(600)
class ClientsITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NpmPackage CLIENTS = new NpmPackage("clients", "clients.mjs");

    private static final TradedStores traded = new TradedStores();

    @RegisterExtension
    static final TestServer server = new TestServer(traded::fill, TestServer::withTickers);

    @BeforeAll
    static void install() throws Exception {
        CLIENTS.install();
        Await.until(
                Duration.ofSeconds(60),
                "all tickers",
                () -> rest("/api/v3/ticker/24hr").size() == 2);
    }

    @Test
    void theOfficialConnector() throws Exception {
        JsonNode answers = ask("official");
        isDay(answers.get("ticker24hr"));
        isDay(answers.get("wsTicker24hr"));
        assertThat(answers.get("ticker").get(0).get("symbol").asText()).isEqualTo(BTC);
        assertThat(answers.get("tradingDay").get("symbol").asText()).isEqualTo(BTC);
        assertThat(answers.get("prices")).isEqualTo(rest("/api/v3/ticker/price"));
        assertThat(answers.get("wsPrices")).isEqualTo(rest("/api/v3/ticker/price"));
        assertThat(answers.at("/avgPrice/mins").asInt()).isEqualTo(5);
        assertThat(answers.get("klines")).hasSize(3);
        assertThat(answers.get("wsKlines")).isEqualTo(answers.get("klines"));
        assertThat(answers.at("/wsTime/serverTime").asLong()).isPositive();
        assertThat(answers.get("wsError").asText()).isEqualTo("-1121");
        assertThat(answers.at("/exchangeInfo/symbols/0/filters/0/tickSize").asText())
                .isEqualTo("0.01");
        assertThat(answers.at("/mini/c").asText()).isEqualTo(last(BTC));
        assertThat(answers.at("/kline/s").asText()).isEqualTo(BTC);
    }

    @Test
    void theOlderOfficialConnector() throws Exception {
        JsonNode answers = ask("olderOfficial");
        isDay(answers.get("ticker24hr"));
        isDay(answers.get("wsTicker24hr"));
        assertThat(answers.get("prices")).isEqualTo(rest("/api/v3/ticker/price"));
        assertThat(answers.at("/avgPrice/mins").asInt()).isEqualTo(5);
        assertThat(answers.get("klines")).hasSize(3);
        assertThat(answers.at("/mini/c").asText()).isEqualTo(last(BTC));
    }

    @Test
    void binanceApiNode() throws Exception {
        JsonNode answers = ask("binanceApiNode");
        isDay(answers.get("dailyStats"));
        assertThat(answers.at("/prices/BTCUSDT").asText()).isEqualTo(last(BTC));
        assertThat(answers.at("/prices/ETHUSDT").asText()).isEqualTo(last(ETH));
        assertThat(answers.get("candles")).hasSize(3);
        assertThat(answers.at("/exchangeInfo/symbols")).hasSize(2);
        assertThat(answers.at("/mini/curDayClose").asText()).isEqualTo(last(BTC));
        assertThat(answers.get("allMini")).hasSize(2);
        assertThat(answers.at("/ticker/curDayClose").asText()).isEqualTo(last(BTC));
    }

    @Test
    void nodeBinanceApi() throws Exception {
        JsonNode answers = ask("nodeBinanceApi");
        isDay(answers.get("prevDay"));
        assertThat(answers.at("/prices/BTCUSDT").asText()).isEqualTo(last(BTC));
        assertThat(answers.get("candles")).hasSize(3);
        assertThat(answers.at("/mini/ETHUSDT/close").asText()).isEqualTo(last(ETH));
        assertThat(answers.at("/prevDayStream/close").asText()).isEqualTo(last(BTC));
    }

    @Test
    void ccxt() throws Exception {
        JsonNode answers = ask("ccxtPro");
        assertThat(answers.get("price").asText()).isEqualTo("12345.68");
        assertThat(answers.get("amount").asText()).isEqualTo("0.1234");
        assertThat(answers.at("/limits/amount/min").asDouble()).isEqualTo(0.0001);
        assertThat(answers.at("/limits/price/min").asDouble()).isEqualTo(0.01);
        JsonNode ticker = answers.get("ticker");
        isDay(ticker.get("info"));
        double last = Double.parseDouble(last(BTC));
        for (String place :
                List.of(
                        "/ticker/last",
                        "/tickers/BTC~1USDT/close",
                        "/twoTickers/BTC~1USDT/close",
                        "/lastPrices/BTC~1USDT/price",
                        "/watched/last")) {
            assertThat(answers.at(place).asDouble()).as(place).isEqualTo(last);
        }
        assertThat(answers.at("/watchedSome/ETH~1USDT/last").asDouble())
                .isEqualTo(Double.parseDouble(last(ETH)));
        assertThat(answers.get("watchedAll").size()).isPositive();
        assertThat(answers.get("ohlcvOverWs")).hasSize(3);
        assertThat(ticker.get("percentage").asDouble())
                .isEqualTo(ticker.at("/info/priceChangePercent").asDouble());
        assertThat(ticker.has("bid")).isFalse();
    }

    /** The object of a day, equal to the sum of the trades in it. */
    private static void isDay(JsonNode day) throws Exception {
        long open = day.get("openTime").asLong();
        JsonNode expected =
                JSON.readTree(
                        traded.figures(BTC, open).json(BTC, open, day.get("closeTime").asLong()));
        List<String> fields = new ArrayList<>();
        expected.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            assertThat(day.get(field).asText()).as(field).isEqualTo(expected.get(field).asText());
        }
    }

    private static String last(String symbol) {
        return TradedStores.plain(traded.figures(symbol, 0).last);
    }

    private static JsonNode ask(String client) throws Exception {
        List<String> lines = CLIENTS.run(Integer.toString(server.port()), client).lines().toList();
        return JSON.readTree(lines.get(lines.size() - 1));
    }

    private static JsonNode rest(String path) throws Exception {
        return JSON.readTree(server.client().get(path).body());
    }
}
