package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Inbound;
import io.kline.model.Lag;
import io.kline.model.Reason;
import io.kline.store.TradeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.clock.ManualClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which trades are from the future, or too old: measured from when Kafka appended the record. */
class TradeDeserializerTest {

    private static final long APPENDED = 1_764_288_000_000L;
    private static final long MAX_FUTURE = 5_000;
    private static final long MAX_AGE = 86_400_000;

    /** What says nothing of the present must not hold ticks. */
    @ParameterizedTest
    @CsvSource({
        // timestamp type, read after the append, the present at most after it, all in ms
        "LOG_APPEND_TIME, 100, 5000",
        "LOG_APPEND_TIME, 600000,",
        "LOG_APPEND_TIME, 86400000, 5000",
        "CREATE_TIME, 100, 60000",
        "CREATE_TIME, 600000,",
    })
    void theLatestThatItCanBe(TimestampType type, long readAfter, Long present) {
        assertThat(read(type, 0, readAfter))
                .singleElement()
                .extracting(one -> ((Inbound.Accepted) one).present())
                .isEqualTo(
                        present == null ? Inbound.Accepted.NOT_KNOWN : (Long) (APPENDED + present));
    }

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
        assertThat(read(type, ahead, readAfter))
                .singleElement()
                .satisfies(
                        one -> {
                            if (counts) {
                                assertThat(one).isInstanceOf(Inbound.Accepted.class);
                            } else {
                                assertThat(((Inbound.Rejected) one).deadLetter().reason())
                                        .isEqualTo(Reason.FUTURE_TIME);
                            }
                        });
    }

    @ParameterizedTest
    @CsvSource({
        // timestamp type, trade time after the append, read after it, whether it counts
        "LOG_APPEND_TIME, -86400000, 86400000, true",
        "LOG_APPEND_TIME, -86400001, 0, false",
        "LOG_APPEND_TIME, -86400001, -60000, false",
        "CREATE_TIME, -86400000, 0, true",
        "CREATE_TIME, -86400000, 1, false",
        "CREATE_TIME, -86400001, -1, true",
    })
    void ageIsMeasuredFromTheAppendWhereTheBrokerSaysIt(
            TimestampType type, long ahead, long readAfter, boolean counts) {
        Inbound inbound = read(type, ahead, readAfter).get(0);
        if (counts) {
            assertThat(inbound).isInstanceOf(Inbound.Accepted.class);
        } else {
            assertThat(((Inbound.Rejected) inbound).deadLetter().reason())
                    .isEqualTo(Reason.BAD_TIME);
        }
    }

    /** A clock that is a day ahead is no backlog: ticks go by the times of the appends then. */
    @Test
    void aClockThatIsADayAheadIsNoBacklog() {
        ManualClock clock = new ManualClock((APPENDED + 86_400_000) * 1_000_000);
        TradeDeserializer deserializer = new TradeDeserializer(MAX_FUTURE, MAX_AGE);
        deserializer.open(clock);
        Lag lag = null;
        for (int millis = 0; millis < 3_000; millis += 100) {
            Inbound one = read(deserializer, TimestampType.LOG_APPEND_TIME, millis, millis).get(0);
            lag = ((Inbound.Accepted) one).lag();
            clock.advanceTime(Duration.ofMillis(100));
        }
        assertThat(lag).isEqualTo(Lag.NONE);
    }

    private static List<Inbound> read(TimestampType type, long ahead, long readAfter) {
        ManualClock clock = new ManualClock((APPENDED + readAfter) * 1_000_000);
        TradeDeserializer deserializer = new TradeDeserializer(MAX_FUTURE, MAX_AGE);
        deserializer.open(clock);
        return read(deserializer, type, ahead, 0);
    }

    private static List<Inbound> read(
            TradeDeserializer deserializer, TimestampType type, long ahead, long appendedAfter) {
        byte[] value = TradeJson.write("A", 1, "1", "1", APPENDED + ahead, true, APPENDED);
        List<Inbound> inbound = new ArrayList<>();
        deserializer.deserialize(
                new ConsumerRecord<>(
                        "trades",
                        0,
                        0,
                        APPENDED + appendedAfter,
                        type,
                        1,
                        value.length,
                        "A".getBytes(UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                new ListCollector<>(inbound));
        return inbound;
    }
}
