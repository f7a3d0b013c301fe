package io.kline.tools.rebuild;

import io.kline.config.KafkaOptions;
import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.store.KlineJson;
import io.kline.tools.replay.TopicRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * The closed candles on the topic of klines that the history job may still have to write to the
 * table. What the table has of them is older: it must not become the history in Redis, which that
 * job does not write. Used by one thread.
 */
final class OnTheWay {

    /** Candles that are kept at once. */
    private static final int MOST = 10_000;

    private final Recent recent;
    private final Set<Series> shorts;
    private final Map<Series, NavigableMap<Long, Candle>> due = new HashMap<>();
    private final Map<Series, Integer> brought = new HashMap<>();
    private int kept;

    private record Series(String symbol, String interval) {}

    /**
     * @param shorts the series whose candles are wanted
     */
    OnTheWay(Recent recent, Collection<Refill.Short> shorts) {
        this.recent = recent;
        this.shorts =
                shorts.stream()
                        .map(one -> new Series(one.symbol(), one.held().interval().code()))
                        .collect(Collectors.toSet());
    }

    /**
     * Brings them back, up to the present end of the topic.
     *
     * @param now ms
     * @throws KafkaException if the topic cannot be read
     */
    void bringBack(KafkaOptions options, long now) throws InterruptedException {
        try (TopicRecords klines = TopicRecords.ofKlinesSince(options, now)) {
            klines.readOn(this::take);
        }
        write();
    }

    /** How many a series lacked of them. */
    int brought(Refill.Short one) {
        return brought.getOrDefault(new Series(one.symbol(), one.held().interval().code()), 0);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Candle candle = candle(record.value());
        if (candle == null || !shorts.contains(new Series(candle.symbol(), candle.interval()))) {
            return;
        }
        due.computeIfAbsent(new Series(candle.symbol(), candle.interval()), any -> new TreeMap<>())
                .merge(candle.openTime(), candle, Candle::newer);
        if (++kept == MOST) {
            write();
        }
    }

    private static Candle candle(byte[] value) {
        try {
            KlineEvent event = KlineJson.readEvent(value);
            if (event instanceof KlineEvent.Corrected corrected) {
                return corrected.candle();
            }
            return event instanceof KlineEvent.Closed closed ? closed.candle() : null;
        } catch (IllegalArgumentException foreign) {
            // The history job sets it aside, too.
            return null;
        }
    }

    private void write() throws InterruptedException {
        for (Map.Entry<Series, NavigableMap<Long, Candle>> one : due.entrySet()) {
            int changed = recent.bringBack(new ArrayList<>(one.getValue().values()));
            brought.merge(one.getKey(), changed, Integer::sum);
        }
        due.clear();
        kept = 0;
    }
}
