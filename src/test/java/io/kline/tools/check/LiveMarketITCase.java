package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.RecordedTrades;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the stores may hold while trades come in. */
class LiveMarketITCase {

    private static final String A = "AAAUSDT";
    private static final long END = at("2025-03-04T11:30:50Z");
    private static final Duration ONCE = Duration.ZERO;
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** What is there when the check begins. */
    private static final List<Trade> SURE =
            List.of(
                    trade(A, 1, "2025-03-04T11:27:30Z", "1.1", "2", true),
                    trade(A, 2, "2025-03-04T11:29:10Z", "1.2", "3", false),
                    trade(A, 3, "2025-03-04T11:30:05Z", "1.3", "4", true));

    /** What comes while the stores are read; neither by time nor by price. */
    private static final List<Trade> NEWER =
            List.of(
                    trade(A, 5, "2025-03-04T11:30:07Z", "1.5", "1", false),
                    trade(A, 4, "2025-03-04T11:30:06Z", "1.4", "5", true),
                    trade(A, 6, "2025-03-04T11:30:08Z", "1.2", "6", true));

    private static final Trade LATE = trade(A, 7, "2025-03-04T11:28:20Z", "9", "7", false);

    @RegisterExtension static final FilledStores stores = new FilledStores();

    @Test
    void aFormingCandleOfAPrefixPasses() throws Exception {
        for (int came = 0; came <= NEWER.size(); came++) {
            refill(plus(NEWER.subList(0, came)));
            assertThat(check(ONCE, come(SURE), come(NEWER))).as("%s", stores.lines).isTrue();
        }
    }

    @Test
    void aFormingCandleThatIsNoPrefixFails() throws Exception {
        refill(plus(NEWER.subList(1, 2)));
        assertThat(check(SETTLE, come(SURE), come(NEWER))).isFalse();
        assertThat(stores.lines)
                .hasSize(8 * FilledStores.INTERVALS.size())
                .allMatch(line -> line.startsWith("I2 "))
                .contains(
                        "I2 AAAUSDT 1m 1741087800000 2025-03-04T11:30:00Z  c: expected 1.5, Redis"
                                + " 1.4");
    }

    @Test
    void aTradeThatWasThereMustBeInTheStores() throws Exception {
        refill(SURE.subList(0, 2));
        assertThat(check(SETTLE, come(SURE), come(NEWER))).isFalse();
        assertThat(stores.lines)
                .contains(
                        "I2 AAAUSDT 1h 1741086000000 2025-03-04T11:00:00Z  n: expected 3, Redis 2");
    }

    @Test
    void aTradeThatNeverCameMustNotBeThere() throws Exception {
        refill(plus(NEWER));
        assertThat(check(SETTLE, come(SURE), come(NEWER.subList(0, 2)))).isFalse();
        assertThat(stores.lines)
                .contains(
                        "I2 AAAUSDT 1m 1741087800000 2025-03-04T11:30:00Z  n: expected 3, Redis 4");
    }

    @Test
    void onATopicAtRestNothingMayBeMissing() throws Exception {
        refill(plus(NEWER.subList(0, 2)));
        assertThat(check(SETTLE, come(plus(NEWER)))).isFalse();
        assertThat(stores.lines)
                .contains(
                        "I2 AAAUSDT 1m 1741087800000 2025-03-04T11:30:00Z  n: expected 4, Redis 3");
    }

    @Test
    void aLateTradeMayOrMayNotBeAppliedYet() throws Exception {
        for (List<Trade> applied : List.of(SURE, plus(List.of(LATE)))) {
            refill(applied);
            assertThat(check(ONCE, come(SURE), come(List.of(LATE))))
                    .as("%s", stores.lines)
                    .isTrue();
        }
        // It was there when the check began: until it is applied, the candles are wrong.
        refill(SURE);
        assertThat(check(ONCE, come(plus(List.of(LATE))))).isFalse();
        assertThat(check(SETTLE, come(plus(List.of(LATE))), nothing(), () -> apply(LATE)))
                .as("%s", stores.lines)
                .isTrue();
    }

    @Test
    void whatIsWrongIsReadAgain() throws Exception {
        long open = at("2025-03-04T11:28:00Z");
        refill(SURE);
        stores.deleteRow(A, "1m", open);
        assertThat(check(ONCE, come(SURE))).isFalse();
        assertThat(stores.lines)
                .containsExactly(
                        "I1 AAAUSDT 1m 1741087680000 2025-03-04T11:28:00Z  a candle is missing:"
                                + " expected present, MySQL missing");
        assertThat(check(SETTLE, come(SURE), nothing(), () -> apply(null)))
                .as("%s", stores.lines)
                .isTrue();
    }

    @Test
    void whatWasRightOnceIsRight() throws Exception {
        refill(SURE);
        stores.deleteRow(A, "1m", at("2025-03-04T11:28:00Z"));
        Step another =
                () -> {
                    refill(SURE);
                    stores.deleteRow(A, "1m", at("2025-03-04T11:29:00Z"));
                    return List.of();
                };
        assertThat(check(SETTLE, come(SURE), another)).as("%s", stores.lines).isTrue();
    }

    @Test
    void aCandleThatOpensMeanwhile() throws Exception {
        List<Trade> next = List.of(trade(A, 8, "2025-03-04T11:31:00Z", "1.6", "1", true));
        refill(SURE);
        assertThat(check(ONCE, come(SURE), come(next))).as("%s", stores.lines).isTrue();
        stores.clear();
        stores.fill(plus(next), END + 60_000);
        assertThat(check(ONCE, come(SURE), come(next))).as("%s", stores.lines).isTrue();
        assertThat(check(ONCE, come(SURE))).isFalse();
    }

    @Test
    void aSymbolThatBeginsMeanwhile() throws Exception {
        List<Trade> other = List.of(trade("BBBUSDT", 1, "2025-03-04T11:30:06Z", "1", "1", true));
        refill(SURE);
        assertThat(check(ONCE, come(SURE), come(other))).as("%s", stores.lines).isTrue();
        stores.fill(other, END);
        assertThat(check(ONCE, come(SURE), come(other))).as("%s", stores.lines).isTrue();
        stores.redis.srem(RedisKeys.SYMBOLS, "BBBUSDT");
        assertThat(check(ONCE, come(SURE), come(other))).as("%s", stores.lines).isTrue();
        assertThat(check(ONCE, come(plus(other)))).isFalse();
        assertThat(stores.lines).containsExactly("I1 BBBUSDT  not among the known symbols");
    }

    @Test
    void countsAreOfWhatWasThereWhenItBegan() throws Exception {
        refill(SURE);
        List<Trade> twice = new ArrayList<>(SURE);
        twice.addAll(SURE);
        Summary summary = stores.checkMeanwhile(new Arriving(come(twice), come(twice)), ONCE);
        assertThat(summary.isClean()).isTrue();
        assertThat(summary.records()).isEqualTo(6);
        assertThat(summary.trades()).isEqualTo(3);
        assertThat(summary.setAside().get(A).text()).isEqualTo("3 (3 duplicate)");
    }

    private static boolean check(Duration settle, Step... steps) throws Exception {
        return stores.checkMeanwhile(new Arriving(steps), settle).isClean();
    }

    private static void refill(List<Trade> trades) throws Exception {
        stores.clear();
        stores.fill(trades, END);
    }

    /** The jobs get further, and no trade comes. */
    private static List<Trade> apply(Trade late) throws Exception {
        refill(late == null ? SURE : plus(List.of(late)));
        return List.of();
    }

    private static Step come(List<Trade> trades) {
        return () -> trades;
    }

    private static Step nothing() {
        return List::of;
    }

    private static List<Trade> plus(List<Trade> more) {
        List<Trade> all = new ArrayList<>(SURE);
        all.addAll(more);
        return all;
    }

    /** What happens before a reading of the trades ends. */
    private interface Step {

        /** Returns the trades that come. */
        List<Trade> come() throws Exception;
    }

    /** Trades that come in steps: the first before the check begins, the others at each reading. */
    private static final class Arriving implements TradeInput {

        private final Queue<Step> steps;

        private Arriving(Step... steps) {
            this.steps = new ArrayDeque<>(Arrays.asList(steps));
        }

        @Override
        public void readTo(SpooledTrades spool) throws IOException {
            if (steps.isEmpty()) {
                return;
            }
            try {
                for (Trade trade : steps.remove().come()) {
                    spool.add(RecordedTrades.event(trade).getBytes(UTF_8), 0, Long.MAX_VALUE);
                }
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
