package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.kafka.KlineEventDeserializer;
import io.kline.kafka.TradeDeserializer;
import io.kline.model.Inbound;
import io.kline.model.KlineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A scenario that sends records has to know what becomes of each. */
class FeedRecordsTest {

    private static final long NOW = 1_795_000_000_000L;

    @Test
    void everyPoisonRecordIsADeadLetterOfItsReason() {
        PoisonRecords poison = new PoisonRecords(new Random(7));
        List<PoisonRecords.Bad> all = new ArrayList<>(poison.of(NOW));
        all.add(poison.large(5 << 20));

        assertThat(all)
                .allSatisfy(
                        bad -> {
                            Inbound inbound = read(bad.value());
                            assertThat(inbound).isInstanceOf(Inbound.Rejected.class);
                            assertThat(((Inbound.Rejected) inbound).deadLetter().reason().code())
                                    .isEqualTo(bad.reason());
                        });
    }

    private static Inbound read(byte[] value) {
        TradeDeserializer trades = new TradeDeserializer(5_000, Duration.ofDays(7_300).toMillis());
        trades.open(new Context());
        List<Inbound> out = new ArrayList<>();
        trades.deserialize(record(value), new ListCollector<>(out));
        return out.get(0);
    }

    @Test
    void everyForeignKlineIsSetAside() {
        KlineEventDeserializer events = new KlineEventDeserializer();
        events.open(new Context());
        List<KlineEvent> out = new ArrayList<>();

        ForeignKlines.of(new Random(7))
                .forEach(value -> events.deserialize(record(value), new ListCollector<>(out)));

        assertThat(out).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                NOW,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static final class Context implements InitializationContext {

        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
        }
    }
}
