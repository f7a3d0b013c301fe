package io.kline.dedupe;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.continuity.StoredCandles;
import io.kline.model.Trade;
import io.kline.source.Inbound;
import io.kline.state.Types;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class DropDuplicatesTest {

    private static final OutputTag<Inbound> DEAD = new OutputTag<>("dead", Types.INBOUND);
    private static final String NOON = "2025-03-04T12:00:00Z";

    @Test
    void whatCannotBeDecidedIsNeitherFoldedNorLost() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe = harness(-1);
        int sparse = SeenIds.FEW_RANGES + 1;
        for (int i = 0; i < sparse; i++) {
            dedupe.processElement(trade("A", 1_000 + 10L * i, NOON, "1"), 0);
        }
        dedupe.getOutput().clear();
        dedupe.processElement(trade("A", 1_005, NOON, "1"), 0);
        dedupe.processElement(trade("A", 1_000 + 10L * (sparse - 1), NOON, "1"), 0);
        dedupe.processElement(trade("B", 1_005, NOON, "1"), 0);
        assertThat(dedupe.extractOutputValues()).extracting(Trade::symbol).containsExactly("B");
        assertThat(dedupe.getSideOutput(DEAD))
                .singleElement()
                .satisfies(
                        dead -> {
                            var letter = dead.getValue().deadLetter();
                            assertThat(letter.reason()).isEqualTo(DropDuplicates.UNDECIDED);
                            assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                                    .contains("\"t\":1005");
                        });
        dedupe.close();
    }

    /** Binance's archive of ZILBTC has one aggregate id on two different trades. */
    @Test
    void oneAggregateIdOnDifferentExecutionsIsTwoTrades() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe = harness(600_000);
        dedupe.processElement(aggregate(1, 8, "2025-03-04T12:00:00Z"), 0);
        dedupe.processElement(aggregate(9, 9, "2025-03-04T12:00:01Z"), 0);
        assertThat(dedupe.extractOutputValues()).hasSize(2);
        assertThat(dedupe.getSideOutput(DEAD)).isNull();
        dedupe.close();
    }

    /** Seen in ccxt #8329: one execution in two aggregates; it counts once. */
    @Test
    void anExecutionInTwoAggregatesCountsOnce() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe = harness(600_000);
        dedupe.processElement(aggregate(7, 7, "2025-03-04T12:00:00Z"), 0);
        dedupe.processElement(aggregate(8, 8, "2025-03-04T12:00:01Z"), 0);
        dedupe.processElement(aggregate(7, 7, "2025-03-04T12:00:00Z"), 0);
        dedupe.processElement(aggregate(8, 12, "2025-03-04T12:00:02Z"), 0);
        assertThat(dedupe.extractOutputValues()).extracting(Trade::lastId).containsExactly(7L, 8L);
        assertThat(dedupe.getSideOutput(DEAD))
                .singleElement()
                .satisfies(
                        dead -> {
                            var letter = dead.getValue().deadLetter();
                            assertThat(letter.reason()).isEqualTo(DropDuplicates.OVERLAPPING);
                            assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                                    .contains("\"e\":\"aggTrade\"", "\"f\":8,\"l\":12");
                        });
        dedupe.close();
    }

    /** A test net begins its ids again: what is not counted is in the dead letters, all of it. */
    @Test
    void aSequenceThatBeginsAgainLosesNothing() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe = harness(600_000);
        long time = instant(NOON);
        for (long id = 1_000; id < 2_000; id++) {
            dedupe.processElement(at(id, time++), 0);
        }
        for (long id = 1; id <= 2_500; id++) {
            dedupe.processElement(at(id, time++), 0);
        }
        assertThat(dedupe.extractOutputValues()).hasSize(2_500);
        assertThat(dedupe.getSideOutput(DEAD))
                .hasSize(1_000)
                .allSatisfy(
                        dead ->
                                assertThat(dead.getValue().deadLetter().reason())
                                        .isEqualTo(DropDuplicates.REUSED));
        dedupe.close();
    }

    private static Trade aggregate(long first, long last, String time) {
        return new Trade(
                "A", last, BigDecimal.ONE, BigDecimal.ONE, instant(time), true, first, last);
    }

    private static long instant(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static Trade at(long id, long time) {
        return new Trade("A", id, BigDecimal.ONE, BigDecimal.ONE, time, true, id, id);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> harness(
            long lateness) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new DropDuplicates(
                                        List.of(), lateness, start -> StoredCandles.none(), DEAD)),
                        Trade::symbol,
                        org.apache.flink.api.common.typeinfo.Types.STRING);
        harness.open();
        return harness;
    }
}
