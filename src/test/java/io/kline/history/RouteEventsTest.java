package io.kline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.state.KlineTypes;
import io.kline.testing.CandleBuilder;
import io.kline.testing.Trades;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class RouteEventsTest {

    private static final OutputTag<LateTrade> LATE = new OutputTag<>("late", KlineTypes.LATE_TRADE);
    private static final OutputTag<Candle> STORED = new OutputTag<>("stored", KlineTypes.CANDLE);
    private static final Candle CLOSED = CandleBuilder.candle("A", "1m", 60_000).build();
    private static final Candle CORRECTED = CandleBuilder.candle("B", "1m", 60_000).build();

    @Test
    void eachKindHasItsWay() throws Exception {
        LateTrade late =
                new LateTrade(
                        "1m", 0, Trades.trade("C", 1, 1_000, "10"), true, 60_000, true, 0, false);
        var route = route("one", null);
        route.processElement(new KlineEvent.Closed(CLOSED), 0);
        route.processElement(new KlineEvent.Corrected(CORRECTED), 0);
        route.processElement(new KlineEvent.Late(late), 0);
        assertThat(route.extractOutputValues()).containsExactly(CLOSED);
        assertThat(route.getSideOutput(STORED))
                .extracting(one -> one.getValue())
                .containsExactly(CORRECTED);
        assertThat(route.getSideOutput(LATE))
                .extracting(one -> one.getValue())
                .containsExactly(late);
        route.close();
    }

    @Test
    void aTopicThatWasCreatedAnewIsRefused() throws Exception {
        var route = route("one", null);
        OperatorSubtaskState first = route.snapshot(1, 0);
        route.close();
        route = route("one", first);
        OperatorSubtaskState last = route.snapshot(2, 0);
        route.close();
        assertThatThrownBy(() -> route("other", last))
                .hasMessageContaining("topic of klines was deleted and created anew")
                .hasMessageContaining("one")
                .hasMessageContaining("other");
    }

    private static OneInputStreamOperatorTestHarness<KlineEvent, Candle> route(
            String topicId, OperatorSubtaskState from) throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<KlineEvent, Candle>(
                        new ProcessOperator<>(new RouteEvents(() -> topicId, LATE, STORED)));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }
}
