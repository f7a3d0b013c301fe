package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.testing.CandleStores;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Changes of closed candles since a time: 60 of them at 7 times, whose ids run against these. */
class RestatedITCase {

    private static final String PATH = "/api/v1/corrections?";
    private static final long BEGIN = 1_767_300_000_000L;
    private static final int CHANGES = 60;
    private static final int TIMES = 7;

    @RegisterExtension static TestServer server = new TestServer(RestatedITCase::filled);

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.filled();
        stores.sql("SET time_zone = '+00:00'");
        for (int n = 0; n < CHANGES; n++) {
            Candle candle = TestStores.candle(symbol(n), n, 2, true);
            stores.sql(
                    ("INSERT INTO kline_restated (id, symbol, interval_code, open_time, reason,"
                                    + " before_kline, after_kline, restated_at) VALUES"
                                    + " (%d, '%s', '1m', %d, 'late_trade', %s, '%s',"
                                    + " FROM_UNIXTIME(%d / 1000))")
                            .formatted(
                                    n + 1,
                                    candle.symbol(),
                                    candle.openTime(),
                                    n == 0 ? "NULL" : "'" + before(n) + "'",
                                    KlineJson.write(candle),
                                    time(n)));
        }
        return stores;
    }

    @Test
    void aChangeTellsTheCandleBeforeAndAfter() throws Exception {
        String found = body(PATH + "since=" + time(7) + "&fromId=8&limit=1");
        assertThat(found)
                .isEqualTo(
                        "{\"corrections\":[{\"id\":8,\"symbol\":\"ETHUSDT\",\"interval\":\"1m\","
                                + "\"openTime\":"
                                + (TestStores.FIRST + 7 * TestStores.MINUTE)
                                + ",\"reason\":\"late_trade\",\"time\":"
                                + time(7)
                                + ",\"before\":"
                                + before(7)
                                + ",\"after\":"
                                + KlineJson.write(TestStores.candle("ETHUSDT", 7, 2, true))
                                + "}]}");
        JsonNode first = json(PATH + "since=" + time(0) + "&limit=1").at("/corrections/0");
        assertThat(first.get("id").asLong()).isEqualTo(1);
        assertThat(first.get("before").isNull()).isTrue();
    }

    @Test
    void pagesOfAnySizeLoseNothing() throws Exception {
        List<Long> whole = ids(json(PATH + "since=0"));
        assertThat(whole).hasSize(CHANGES).doesNotHaveDuplicates();
        assertThat(ids(json(PATH + "since=9999999999999"))).isEmpty();
        for (int limit : new int[] {1, 2, 3, 7, 8, 59, 60, 61}) {
            assertThat(paged("", limit)).as("limit " + limit).isEqualTo(whole);
        }
        List<Long> ofOne = whole.stream().filter(id -> id % 2 == 1).toList();
        assertThat(paged("&symbol=BTCUSDT&interval=1m", 4)).isEqualTo(ofOne);
        assertThat(paged("&interval=5m", 4)).isEmpty();
    }

    @Test
    void whatIsNotMeantIsRefused() throws Exception {
        assertThat(refused("fromId=1")).isEqualTo(-1102);
        assertThat(refused("since=")).isEqualTo(-1105);
        assertThat(refused("since=x")).isEqualTo(-1100);
        assertThat(refused("since=1&startTime=1")).isEqualTo(-1128);
        assertThat(refused("since=1&endTime=1")).isEqualTo(-1128);
        assertThat(refused("since=1&limit=0")).isEqualTo(-1130);
        assertThat(refused("since=1&interval=7m")).isEqualTo(-1120);
        assertThat(refused("since=1&symbol=NONE")).isEqualTo(-1121);
        assertThat(refused("since=1&other=1")).isEqualTo(-1104);
        assertThat(refused("limit=1")).isEqualTo(-1102);
    }

    /** As clients are to read by the documents. */
    private static List<Long> paged(String filter, int limit) throws Exception {
        List<Long> ids = new ArrayList<>();
        long since = 0;
        long fromId = 0;
        JsonNode page;
        do {
            page =
                    json(PATH + "since=" + since + "&fromId=" + fromId + "&limit=" + limit + filter)
                            .get("corrections");
            for (JsonNode each : page) {
                ids.add(each.get("id").asLong());
                since = each.get("time").asLong();
                fromId = each.get("id").asLong() + 1;
            }
        } while (page.size() == limit);
        return ids;
    }

    private static List<Long> ids(JsonNode answer) {
        List<Long> ids = new ArrayList<>();
        answer.get("corrections").forEach(each -> ids.add(each.get("id").asLong()));
        return ids;
    }

    private static String symbol(int n) {
        return n % 2 == 0 ? "BTCUSDT" : "ETHUSDT";
    }

    private static String before(int n) {
        return KlineJson.write(TestStores.candle(symbol(n), n, 1, true));
    }

    private static long time(int n) {
        return BEGIN + 123 * (TIMES - n % TIMES);
    }

    private static long refused(String parameters) throws Exception {
        HttpResponse<String> answer = server.client().get(PATH + parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return new ObjectMapper().readTree(answer.body()).get("code").asLong();
    }

    private static String body(String path) throws Exception {
        HttpResponse<String> answer = server.client().get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(body(path));
    }
}
