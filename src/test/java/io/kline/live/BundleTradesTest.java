package io.kline.live;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Inbound.Accepted;
import io.kline.model.Lag;
import io.kline.model.RawRecord;
import io.kline.model.Trade;
import io.kline.model.TradeBundle;
import io.kline.state.KlineTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundleTradesTest {

    private OneInputStreamOperatorTestHarness<Accepted, TradeBundle> operator;

    @BeforeEach
    void open() throws Exception {
        operator = new OneInputStreamOperatorTestHarness<>(new BundleTrades(20));
        operator.setup(KlineTypes.TRADE_BUNDLE.createSerializer((SerializerConfig) null));
        operator.setProcessingTime(1_000);
        operator.open();
    }

    @AfterEach
    void close() throws Exception {
        operator.close();
    }

    @Test
    void tradesOfASymbolTravelTogetherInTheirOrder() throws Exception {
        read("A", 1);
        read("B", 1);
        read("A", 2);
        assertThat(sent()).isEmpty();
        operator.setProcessingTime(1_019);
        assertThat(sent()).isEmpty();
        operator.setProcessingTime(1_020);
        assertThat(sent()).containsExactlyInAnyOrder("A 1 2", "B 1");
        read("A", 3);
        operator.setProcessingTime(1_040);
        assertThat(sent()).containsExactly("A 3");
    }

    @Test
    void manyDoNotWait() throws Exception {
        for (int i = 1; i <= 33; i++) {
            read("A", i);
        }
        List<String> sent = sent();
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0)).startsWith("A 1 2 3 ").endsWith(" 32");
        operator.setProcessingTime(1_020);
        assertThat(sent()).containsExactly("A 33");
    }

    @Test
    void aWatermarkOvertakesNoTrade() throws Exception {
        read("A", 1);
        operator.processWatermark(new Watermark(500));
        assertThat(sent()).containsExactly("A 1", "Watermark 500");
    }

    @Test
    void idlenessOvertakesNoTrade() throws Exception {
        read("A", 1);
        operator.processWatermarkStatus(WatermarkStatus.IDLE);
        assertThat(sent()).hasSize(2).element(0).isEqualTo("A 1");
    }

    @Test
    void aBarrierOvertakesNoTrade() throws Exception {
        read("A", 1);
        operator.prepareSnapshotPreBarrier(1);
        assertThat(sent()).containsExactly("A 1");
    }

    @Test
    void theEndOvertakesNoTrade() throws Exception {
        read("A", 1);
        operator.endInput();
        assertThat(sent()).containsExactly("A 1");
    }

    private void read(String symbol, long id) throws Exception {
        Trade trade = trade(symbol, id, 1_000 + id, "10");
        RawRecord raw = new RawRecord(0, id, null, new byte[] {1});
        operator.processElement(new StreamRecord<>(new Accepted(trade, raw, 5, Lag.NONE)));
    }

    /** What was sent since the last call. */
    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (Object out = operator.getOutput().poll();
                out != null;
                out = operator.getOutput().poll()) {
            sent.add(text(out));
        }
        return sent;
    }

    private static String text(Object out) {
        if (out instanceof Watermark mark) {
            return "Watermark " + mark.getTimestamp();
        }
        if (out instanceof StreamRecord<?> record && record.getValue() instanceof TradeBundle one) {
            StringBuilder text = new StringBuilder(one.symbol());
            one.trades().forEach(accepted -> text.append(' ').append(accepted.trade().id()));
            return text.toString();
        }
        return out.toString();
    }
}
