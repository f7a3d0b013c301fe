package io.kline.dedupe;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.continuity.StoredCandles;
import io.kline.model.Trade;
import io.kline.source.Inbound;
import io.kline.state.Types;
import java.nio.charset.StandardCharsets;
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
        KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe = harness();
        int sparse = SeenIds.MOST_RANGES + 1;
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

    private static KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> harness()
            throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new DropDuplicates(List.of(), start -> StoredCandles.none(), DEAD)),
                        Trade::symbol,
                        org.apache.flink.api.common.typeinfo.Types.STRING);
        harness.open();
        return harness;
    }
}
