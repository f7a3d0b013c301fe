package io.kline.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.Await;
import io.kline.testing.RunningJobs;
import io.kline.testing.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad records of every kind among good trades: nothing is lost, nothing fails, the figures add up.
 */
class BadRecordsITCase {

    private static final int GOOD = 1_000;
    private static final int BAD = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<byte[]> OTHER_KEYS =
            Arrays.asList(null, new byte[0], "good".getBytes(UTF_8));

    @TempDir Path folder;

    @Test
    void badRecordsAreDeadLetteredAndGoodOnesCounted() throws Exception {
        long now = System.currentTimeMillis();
        Map<String, String> kinds = badRecords(now);
        List<String> reasons = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        List<String> texts = List.copyOf(kinds.keySet());
        try (RunningJobs jobs = RunningJobs.start(RunningJobs.Stores.shared(), folder)) {
            for (int i = 0; i < GOOD; i++) {
                byte[] key = i < OTHER_KEYS.size() ? OTHER_KEYS.get(i) : "GOOD".getBytes(UTF_8);
                jobs.send(key, good(i, now - 5_000 + i).getBytes(UTF_8));
                if (i % (GOOD / BAD) == 0) {
                    String text = texts.get(reasons.size() % texts.size());
                    byte[] value = text.isEmpty() ? null : text.getBytes(UTF_8);
                    jobs.send("bad".getBytes(UTF_8), value);
                    values.add(value);
                    reasons.add(kinds.get(text));
                }
            }
            jobs.send(
                    "GOOD".getBytes(UTF_8),
                    good(GOOD, now).replace("\"q\":\"1\"", "\"q\":\"0\"").getBytes(UTF_8));
            jobs.flush();

            List<ConsumerRecord<byte[], byte[]>> dead = deadLetters(jobs, BAD);
            assertThat(dead)
                    .extracting(letter -> header(letter, "reason"))
                    .containsExactlyElementsOf(reasons);
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                for (int i = 0; i < BAD; i++) {
                    assertThat(dead.get(i).value()).isEqualTo(values.get(i));
                    assertThat(dead.get(i).key()).isEqualTo("bad".getBytes(UTF_8));
                    assertThat(header(dead.get(i), "source.topic"))
                            .isEqualTo(jobs.options.kafka.tradesTopic);
                    assertThat(source(consumer, dead.get(i)).value()).isEqualTo(values.get(i));
                }
            }
            jobs.awaitMetric(jobs.live, "recordsIn", GOOD + BAD + 1);
            jobs.awaitMetric(jobs.live, "accepted", GOOD);
            jobs.awaitMetric(jobs.live, "ignored", 1);
            jobs.awaitMetric(jobs.live, "misKeyed", OTHER_KEYS.size());
            jobs.awaitMetric(jobs.live, "deadLettered", BAD);
            jobs.awaitMetric(
                    jobs.live,
                    "reason.future-time.deadLetters",
                    reasons.stream().filter("future-time"::equals).count());
            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(jobs.latest("GOOD", "1M"))
                                    .extracting(Candle::count)
                                    .isEqualTo((long) GOOD));
            assertThat(jobs.restarts(jobs.live)).isZero();
        }
    }

    private static Map<String, String> badRecords(long now) {
        String good = good(7, now);
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("", "not-json");
        bad.put("nonsense", "not-json");
        bad.put(good.substring(0, 40), "not-json");
        bad.put("[1]", "not-json");
        bad.put(good.replace("\"p\"", "\"_\""), "missing-field");
        bad.put(good.replace("\"e\":\"trade\",", ""), "missing-field");
        bad.put(good.replace("GOOD", "good"), "bad-symbol");
        bad.put(good.replace("GOOD", "A}:1m{B"), "bad-symbol");
        bad.put(good.replace("\"p\":\"10\"", "\"p\":\"-10\""), "negative-number");
        bad.put(good.replace("\"p\":\"10\"", "\"p\":\"1e21\""), "too-many-digits");
        bad.put(good.replace("\"q\":\"1\"", "\"q\":\"0.0000000000000000001\""), "too-many-digits");
        bad.put(good.replace("\"T\":" + now, "\"T\":0"), "bad-time");
        bad.put(good.replace("\"T\":" + now, "\"T\":" + (now + 3_600_000)), "future-time");
        bad.put(good.replace("{", "{\"pad\":\"" + "x".repeat(4096) + "\","), "too-large");
        bad.put(good.replace("trade", "kline"), "unknown-event");
        bad.put(good.replace("\"m\":true", "\"m\":\"yes\""), "bad-field");
        return bad;
    }

    private static String good(long id, long time) {
        return "{\"e\":\"trade\",\"s\":\"GOOD\",\"t\":%d,\"p\":\"10\",\"q\":\"1\",\"T\":%d,\"m\":true}"
                .formatted(id, time);
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(RunningJobs jobs, int count)
            throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition partition = new TopicPartition(jobs.options.kafka.deadTopic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Await.until(
                    PATIENCE,
                    count + " dead letters",
                    () -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                        return records.size() >= count;
                    });
        }
        return records;
    }

    private static ConsumerRecord<byte[], byte[]> source(
            KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> letter) {
        TopicPartition partition =
                new TopicPartition(
                        header(letter, "source.topic"),
                        Integer.parseInt(header(letter, "source.partition")));
        consumer.assign(List.of(partition));
        consumer.seek(partition, Long.parseLong(header(letter, "source.offset")));
        return consumer.poll(Duration.ofSeconds(5)).iterator().next();
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Servers.kafka().address());
        // A fetch at the end, which a seek makes useless, is waited for.
        properties.put("fetch.max.wait.ms", "10");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
