package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.DeadLetter;
import io.kline.model.RawRecord;
import io.kline.model.Reason;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTopicTest {

    @Test
    void keepsKeyAndValueAsTheyWere() {
        byte[] value = new byte[1 << 20];
        ProducerRecord<byte[], byte[]> record = record(new RawRecord(3, 7, null, value));
        assertThat(record.key()).isNull();
        assertThat(record.value()).isSameAs(value);
        assertThat(record.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "reason=too-large",
                        "detail=why",
                        "source.topic=trades",
                        "source.partition=3",
                        "source.offset=7");
    }

    /** The producer's own estimate decides whether it sends a record. */
    @ParameterizedTest
    @CsvSource({"0, 4194304", "10, 9000000", "5000000, 0", "5000000, 9000000"})
    void fitsIntoARequestWhateverCame(int keyBytes, int valueBytes) {
        byte[] key = filled(keyBytes);
        byte[] value = filled(valueBytes);
        ProducerRecord<byte[], byte[]> record = record(new RawRecord(0, 1, key, value));
        assertThat(
                        AbstractRecords.estimateSizeInBytesUpperBound(
                                RecordBatch.CURRENT_MAGIC_VALUE,
                                Compression.NONE.type(),
                                record.key(),
                                record.value(),
                                record.headers().toArray()))
                .isLessThan(DeadLetterTopic.MAX_REQUEST);
        assertThat(key).startsWith(record.key());
        assertThat(value).startsWith(record.value());
        Header cut = record.headers().lastHeader("cut");
        assertThat(new String(cut.value(), UTF_8)).isEqualTo(keyBytes + " " + valueBytes);
    }

    private static ProducerRecord<byte[], byte[]> record(RawRecord raw) {
        return new DeadLetterTopic.Serializer("trades.dead", "trades")
                .serialize(new DeadLetter(Reason.TOO_LARGE, "why", raw), null, null);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }
}
