package io.kline.tools.rebuild;

import io.kline.config.KafkaOptions;
import io.kline.model.CandleKey;
import io.kline.model.KlineEvent;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.tools.replay.TopicRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The late trades on the topic of klines, from where the history job has committed its offsets. It
 * commits them a moment before the corrector is done, so reading begins some minutes earlier.
 */
final class TopicCorrections implements Corrections {

    /** Long beside a restart of the history job, in which the corrector goes on. */
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private final TopicRecords klines;
    private final Map<CandleKey, List<Trade>> late = new HashMap<>();

    private TopicCorrections(TopicRecords klines) {
        this.klines = klines;
    }

    /**
     * Connects to Kafka.
     *
     * @param now ms
     * @throws KafkaException if the topic cannot be reached
     */
    static TopicCorrections open(KafkaOptions options, long now) {
        return new TopicCorrections(TopicRecords.ofKlinesSince(options, now - EARLIER.toMillis()));
    }

    @Override
    public void readOn() {
        klines.readOn(this::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (KlineJson.readEvent(record.value()) instanceof KlineEvent.Late event) {
                late.computeIfAbsent(event.late().candle(), any -> new ArrayList<>(1))
                        .add(event.late().trade());
            }
        } catch (IllegalArgumentException foreign) {
            // The history job sets it aside, too.
        }
    }

    @Override
    public List<Trade> of(CandleKey candle) {
        return late.getOrDefault(candle, List.of());
    }

    @Override
    public void close() {
        klines.close();
    }
}
