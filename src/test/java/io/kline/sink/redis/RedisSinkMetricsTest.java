package io.kline.sink.redis;

import static io.kline.testing.CandleBuilder.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSinkWriterMetricGroup;
import org.junit.jupiter.api.Test;

/** What counts as a delay. */
class RedisSinkMetricsTest {

    private static final long OPEN = 60_000;

    private static final class Group extends UnregisteredMetricsGroup
            implements OperatorMetricGroup {

        private Histogram freshness;
        private final Map<String, Gauge<?>> gauges = new HashMap<>();

        @Override
        public OperatorIOMetricGroup getIOMetricGroup() {
            return createOperatorMetricGroup().getIOMetricGroup();
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public <H extends Histogram> H histogram(String name, H histogram) {
            assertThat(name).isEqualTo("freshnessMillis");
            freshness = histogram;
            return histogram;
        }
    }

    private final Group group = new Group();
    private final RedisSinkMetrics metrics =
            new RedisSinkMetrics(InternalSinkWriterMetricGroup.wrap(group), () -> OPEN + 5_000);

    @Test
    void freshIsWhatATradeHasJustChanged() {
        metrics.accepted(forming(), true);
        assertThat(freshness().getCount()).isEqualTo(1);
        assertThat(freshness().getStatistics().getMax()).isEqualTo(4_000);
    }

    @Test
    void theEndOfACandleIsNoDelay() {
        metrics.accepted(candle("BTCUSDT", "1m", OPEN).last(OPEN + 1_000, 7).build(), true);
        metrics.accepted(candle("BTCUSDT", "1m", OPEN).flat().build(), true);
        assertThat(freshness().getCount()).isZero();
        assertThat(metrics.accepted.getCount()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenOnceMoreIsNoDelay() {
        metrics.accepted(forming(), false);
        assertThat(freshness().getCount()).isZero();
        assertThat(metrics.accepted.getCount()).isEqualTo(1);
    }

    @Test
    void whoHasNothingToSendIsNotCutOff() {
        assertCutOff(0);
        metrics.pending(1, 95);
        assertCutOff(1);
        metrics.connected(true);
        assertCutOff(0);
        metrics.connected(false);
        assertCutOff(1);
        metrics.pending(0, 0);
        assertCutOff(0);
    }

    private void assertCutOff(int expected) {
        assertThat((Object) group.gauges.get("cutOff").getValue()).isEqualTo(expected);
    }

    private static Candle forming() {
        return candle("BTCUSDT", "1m", OPEN).last(OPEN + 1_000, 7).closed(false).build();
    }

    private Histogram freshness() {
        return group.freshness;
    }
}
