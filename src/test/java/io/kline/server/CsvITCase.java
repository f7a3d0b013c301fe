package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.query.QuerySettings;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 3,000 minutes of a symbol, of which Redis has the newest half; another one rested. */
class CsvITCase {

    private static final String RESTED = "ETHUSDT";
    private static final String RESTED_FOR_DAYS = "币安人生USDT";
    private static final int CLOSED = TestStores.CANDLES - 1;
    private static final int DEAD_PORT = 1;

    @RegisterExtension static final TestServer server = new TestServer(CsvITCase::stores);

    private static CandleStores stores() throws Exception {
        CandleStores stores = TestStores.filled();
        stores.fill(
                Stream.concat(minutes(0, 50), minutes(100, 151))
                        .map(n -> TestStores.candle(RESTED, n, 2, n < 150))
                        .toList(),
                80);
        stores.fill(
                Stream.concat(minutes(0, 10), minutes(5_000, 5_011))
                        .map(n -> TestStores.candle(RESTED_FOR_DAYS, n, 2, n < 5_010))
                        .toList(),
                5);
        return stores;
    }

    private static Stream<Integer> minutes(int from, int to) {
        return IntStream.range(from, to).boxed();
    }

    @Test
    void aRangeComesFromBothStores() throws Exception {
        HttpResponse<String> answer = server.client().get(path(0));
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(CLOSED + 1);
        assertThat(lines.get(0)).startsWith("open_time,open,high,low,close,volume,close_time,");
        for (int n = 0; n < CLOSED; n++) {
            assertThat(lines.get(n + 1)).isEqualTo(row(TestStores.candle(n)));
        }
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/csv");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"BTCUSDT-1m.csv\"");
    }

    @Test
    void aRangeEndsAtItsEndOrItsLimit() throws Exception {
        assertThat(rows(path(0) + "&limit=7")).isEqualTo(7);
        assertThat(rows(path(0) + "&limit=2000")).isEqualTo(2_000);
        assertThat(rows(path(10) + "&to=" + open(12))).isEqualTo(3);
        assertThat(rows(path(0) + "&to=" + open(1_999))).isEqualTo(2_000);
        assertThat(rows(path(CLOSED))).isZero();
    }

    @Test
    void timesAreInMicrosecondsForThoseWhoAsk() throws Exception {
        HttpResponse<String> answer =
                server.client().get(path(0) + "&limit=1", "X-MBX-TIME-UNIT", "MICROSECOND");
        assertThat(answer.body().lines().toList().get(1))
                .startsWith(open(0) + "000,")
                .contains("," + (open(1) - 1) + "999,");
    }

    @Test
    void aHeadHasNoBody() throws Exception {
        HttpRequest.Builder head =
                server.client()
                        .request(path(0))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = server.client().send(head);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/csv");
    }

    /** A rest is a hole in both stores, and none of the file. */
    @Test
    void aRestIsLeftOut() throws Exception {
        assertThat(rows(path(RESTED, 0))).isEqualTo(100);
        assertThat(rows(path(RESTED, 40) + "&to=" + open(110))).isEqualTo(21);
        assertThat(rows(path(RESTED, 60) + "&to=" + open(90))).isZero();
    }

    @Test
    void aPageOfNothingIsNotTheEnd() throws Exception {
        HttpResponse<String> answer =
                server.client()
                        .get(
                                path("%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT", 0)
                                        + "&to="
                                        + open(9_000));
        assertThat(answer.body().lines()).hasSize(21);
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .endsWith("filename*=UTF-8''%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT-1m.csv");
    }

    @Test
    void aFileWithAHoleIsNoAnswer() throws Exception {
        try (KlineServer withoutMysql = KlineServer.start(withoutMysql())) {
            TestClient client = new TestClient(withoutMysql.port());
            String inRedis = path(CLOSED - 500) + "&to=" + open(CLOSED - 1);
            assertThat(client.get(inRedis).body().lines()).hasSize(501);
            // A rest, or candles that only MySQL has: nobody can know.
            for (String path : List.of(path(0), path(RESTED, 40))) {
                HttpResponse<String> answer = client.get(path);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("-1001").contains("MYSQL");
                assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
            }
        }
    }

    @Test
    void itWeighsByItsRows() throws Exception {
        assertWeight(path(0) + "&to=" + open(10), 2);
        assertWeight(path(0) + "&to=" + open(2_000), 6);
        assertWeight(path(0) + "&limit=50000", 100);
        // There cannot be candles of the future.
        assertWeight(path("BTCUSDT", 0).replace("1m", "1d") + "&to=9000000000000", 2);
    }

    private static void assertWeight(String path, long weight) throws Exception {
        // What others used is given back meanwhile, and a little of this one's before the answer.
        Await.until(Duration.ofSeconds(20), "nothing used", () -> used("/api/v3/ping") <= 1);
        assertThat(used(path)).isBetween(weight * 9 / 10 - 1, weight + 1);
    }

    private static long used(String path) throws Exception {
        return Long.parseLong(
                server.client()
                        .get(path)
                        .headers()
                        .firstValue("X-MBX-USED-WEIGHT-1M")
                        .orElseThrow());
    }

    private static ServerSettings withoutMysql() {
        QuerySettings query = server.settings().query();
        return TestServer.settings(
                CandleStores.settings(
                        query.redis(),
                        new MysqlLogin(
                                "jdbc:mysql://127.0.0.1:" + DEAD_PORT + "/kline", "none", null)));
    }

    private static long rows(String path) throws Exception {
        return server.client().get(path).body().lines().count() - 1;
    }

    private static String path(int from) {
        return path(TestStores.SYMBOL, from);
    }

    private static String path(String symbol, int from) {
        return "/api/v1/klines.csv?symbol=%s&interval=1m&from=%d".formatted(symbol, open(from));
    }

    private static long open(int n) {
        return TestStores.FIRST + n * TestStores.MINUTE;
    }

    private static String row(Candle candle) {
        return "%d,%s,%s,%s,%s,%s,%d,%s,%d,%s,%s,0"
                .formatted(
                        candle.openTime(),
                        eight(candle.open()),
                        eight(candle.high()),
                        eight(candle.low()),
                        eight(candle.close()),
                        eight(candle.volume()),
                        candle.closeTime(),
                        eight(candle.quoteVolume()),
                        candle.count(),
                        eight(candle.takerBuyVolume()),
                        eight(candle.takerBuyQuoteVolume()));
    }

    private static String eight(BigDecimal value) {
        return value.setScale(8).toPlainString();
    }
}
