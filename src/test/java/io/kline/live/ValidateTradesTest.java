package io.kline.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Lag;
import io.kline.model.RawRecord;
import io.kline.model.Reason;
import io.kline.state.KlineTypes;
import io.kline.testing.Trades;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class ValidateTradesTest {

    private static final OutputTag<DeadLetter> DEAD =
            new OutputTag<>("dead", KlineTypes.DEAD_LETTER);
    private static final RawRecord RAW = new RawRecord(0, 7, new byte[] {1}, new byte[] {2});

    @Test
    void everyRecordHasOneWay() throws Exception {
        var validate = validate("one", null);
        Accepted trade = new Accepted(Trades.trade("A", 1, 1_000, "10"), RAW, 5, Lag.NONE);
        DeadLetter dead = new DeadLetter(Reason.NOT_JSON, "not JSON", RAW);
        validate.processElement(trade, 0);
        validate.processElement(new Inbound.Rejected(dead), 0);
        validate.processElement(Inbound.Ignored.INSTANCE, 0);
        assertThat(validate.extractOutputValues())
                .extracting(Accepted::trade)
                .containsExactly(trade.trade());
        assertThat(validate.getSideOutput(DEAD))
                .extracting(one -> one.getValue().reason())
                .containsExactly(Reason.NOT_JSON);
        validate.close();
    }

    @Test
    void aTopicThatWasCreatedAnewIsRefused() throws Exception {
        var validate = validate("one", null);
        OperatorSubtaskState first = validate.snapshot(1, 0);
        validate.close();
        validate = validate("one", first);
        OperatorSubtaskState last = validate.snapshot(2, 0);
        validate.close();
        assertThatThrownBy(() -> validate("other", last))
                .hasMessageContaining("deleted and created anew")
                .hasMessageContaining("one")
                .hasMessageContaining("other");
    }

    private static OneInputStreamOperatorTestHarness<Inbound, Accepted> validate(
            String topicId, OperatorSubtaskState from) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<Inbound, Accepted>(
                        new ProcessOperator<>(new ValidateTrades(() -> topicId, DEAD)));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }
}
