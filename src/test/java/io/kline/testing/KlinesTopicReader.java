package io.kline.testing;

import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.store.KlineJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer of the klines topic sees. */
public final class KlinesTopicReader {

    private KlinesTopicReader() {}

    /** The candles of all events committed so far, in order per symbol, decimals in one form. */
    public static List<Candle> candles(String topic) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Servers.kafka().address());
        properties.put("fetch.max.wait.ms", 20);
        List<Candle> candles = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(
                                record -> {
                                    KlineEvent event = KlineJson.readEvent(record.value());
                                    if (event instanceof KlineEvent.Closed closed) {
                                        candles.add(NaiveCandles.plain(closed.candle()));
                                    }
                                });
            }
        }
        return candles;
    }
}
