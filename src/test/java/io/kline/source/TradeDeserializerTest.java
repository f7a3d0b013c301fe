package io.kline.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.store.TradeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.clock.ManualClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which trades are from the future: decided by when Kafka appended the record, not when read. */
class TradeDeserializerTest {

    private static final long APPENDED = 1_764_288_000_000L;
    private static final long MAX_FUTURE = 5_000;

    @ParameterizedTest
    @CsvSource({
        // timestamp type, trade time after the append, read after it, whether it counts
        "LOG_APPEND_TIME, 5000, 0, true",
        "LOG_APPEND_TIME, 5001, 0, false",
        "LOG_APPEND_TIME, 5001, 86400000, false",
        "LOG_APPEND_TIME, 5000, -60000, true",
        "CREATE_TIME, 5001, 86400000, false",
        "CREATE_TIME, 5000, 86400000, true",
        "CREATE_TIME, 5000, -1, false",
    })
    void isDecidedByTheTimeOfTheAppend(
            TimestampType type, long ahead, long readAfter, boolean counts) {
        ManualClock clock = new ManualClock((APPENDED + readAfter) * 1_000_000);
        TradeDeserializer deserializer = new TradeDeserializer(MAX_FUTURE, Long.MAX_VALUE / 2);
        deserializer.open(clock);
        byte[] value = TradeJson.write("A", 1, "1", "1", APPENDED + ahead, true, APPENDED);
        List<Inbound> inbound = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>(
                        "trades",
                        0,
                        0,
                        APPENDED,
                        type,
                        1,
                        value.length,
                        "A".getBytes(UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                new ListCollector<>(inbound));
        assertThat(inbound)
                .singleElement()
                .satisfies(
                        one -> {
                            if (counts) {
                                assertThat(one.trade()).isNotNull();
                            } else {
                                assertThat(one.deadLetter().reason())
                                        .isEqualTo(Reason.FUTURE_TIME.code());
                            }
                        });
    }
}
