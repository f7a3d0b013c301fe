package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.RecordedTrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A flat candle exists if and only if it opens before the last trade's time + carry-for. */
class RestingSymbolsITCase {

    private static final String A = "AAAUSDT";
    private static final long END = at("2025-03-04T11:30:10Z");
    private static final long CARRY_FOR = 300_000;

    /** Carried until 10:45:10, and from 11:21 until 11:26. */
    private static final List<Trade> TRADES =
            List.of(
                    trade(A, 1, "2025-03-04T10:39:30Z", "1.1", "2", true),
                    trade(A, 2, "2025-03-04T10:40:10Z", "1.2", "3", false),
                    trade(A, 3, "2025-03-04T11:21:00Z", "1.3", "4", true));

    @RegisterExtension static final FilledStores stores = new FilledStores();

    @TempDir private Path folder;

    @BeforeEach
    void fill() throws Exception {
        stores.fill(TRADES, END, CARRY_FOR);
    }

    @Test
    void noneWhileItRests() throws Exception {
        assertThat(latest("1m").openTime()).isEqualTo(at("2025-03-04T11:25:00Z"));
        assertBoth(0);
        assertThat(stores.lines).contains("violations: I1 0, I2 0, I3 0, I5 0");
    }

    @Test
    void theLastFlatOneIsMissing() throws Exception {
        long open = at("2025-03-04T10:45:00Z");
        stores.deleteRow(A, "1m", open);
        stores.redis.zremrangeByScore(RedisKeys.history(A, "1m"), open, open);
        assertBoth(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 1m 1741085100000 2025-03-04T10:45:00Z  a candle is missing:"
                                + " expected present, Redis missing",
                        "I1 AAAUSDT 1m 1741085100000 2025-03-04T10:45:00Z  a candle is missing:"
                                + " expected present, MySQL missing");
    }

    @Test
    void oneTooMany() throws Exception {
        Candle last = candle("1m", "2025-03-04T10:46:00Z");
        stores.insert(last);
        stores.addToHistory(last);
        assertBoth(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 1m 1741085160000 2025-03-04T10:46:00Z  a candle too many, the"
                                + " symbol did not trade or rested: expected none, Redis present",
                        "I1 AAAUSDT 1m 1741085160000 2025-03-04T10:46:00Z  a candle too many, the"
                                + " symbol did not trade or rested: expected none, MySQL present");
    }

    @Test
    void noCurrentOneWhileItRests() throws Exception {
        stores.addToHistory(latest("5m"));
        stores.redis.set(
                RedisKeys.latest(A, "5m"), KlineJson.write(candle("5m", "2025-03-04T11:30:00Z")));
        assertBoth(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 5m 1741087800000 2025-03-04T11:30:00Z  a candle too many, the"
                                + " symbol did not trade or rested: expected none, Redis present");
    }

    @Test
    void theCurrentOneIsMissingBeforeItRests() throws Exception {
        String key = RedisKeys.latest(A, "1m");
        stores.redis.set(key, KlineJson.write(candle("1m", "2025-03-04T11:24:00Z")));
        stores.redis.zremrangeByScore(
                RedisKeys.history(A, "1m"), at("2025-03-04T11:24:00Z"), Double.MAX_VALUE);
        stores.deleteRow(A, "1m", at("2025-03-04T11:25:00Z"));
        // The 5m candle of 11:25 shows that time has come there.
        assertBoth(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 1m 1741087440000 2025-03-04T11:24:00Z  the latest kline is"
                                + " stale: expected 2025-03-04T11:25:00Z, Redis"
                                + " 2025-03-04T11:24:00Z");
    }

    @Test
    void carriedForALongerTime() throws Exception {
        assertThat(check("--kline.carry-for", "6min")).isEqualTo(1);
        assertThat(stores.violations())
                .contains(
                        "I1 AAAUSDT 1m 1741085160000 2025-03-04T10:46:00Z  a candle is missing:"
                                + " expected present, MySQL missing")
                .allMatch(line -> line.contains("missing"));
        assertThat(check("--kline.carry-for", "4min")).isEqualTo(1);
        assertThat(stores.violations()).allMatch(line -> line.contains("too many"));
    }

    /** With trades and without them the check comes to the same. */
    private void assertBoth(int code) throws Exception {
        assertThat(check("--kline.carry-for", "5min")).as("%s", stores.lines).isEqualTo(code);
        List<String> found = stores.violations();
        assertThat(check("--kline.carry-for", "5min", "--file", file().toString()))
                .as("%s", stores.lines)
                .isEqualTo(code);
        assertThat(stores.violations()).isEqualTo(found);
    }

    private static int check(String... args) {
        return stores.check(args);
    }

    private Path file() throws Exception {
        List<String> events = new ArrayList<>();
        TRADES.forEach(trade -> events.add(RecordedTrades.event(trade)));
        return Files.write(folder.resolve("trades.json"), events);
    }

    private static Candle latest(String code) {
        return KlineJson.read(stores.redis.get(RedisKeys.latest(A, code)));
    }

    /** A candle as if the symbol never rested. */
    private static Candle candle(String code, String open) {
        return FilledStores.candles(TRADES, code, END).stream()
                .filter(one -> one.openTime() == at(open))
                .findFirst()
                .orElseThrow();
    }
}
