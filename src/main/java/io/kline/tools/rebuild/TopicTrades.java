package io.kline.tools.rebuild;

import io.kline.config.KafkaOptions;
import io.kline.tools.replay.TimeText;
import io.kline.tools.replay.TopicRecords;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;

/** The trades of the topic. */
final class TopicTrades implements TradeSource {

    private final TopicRecords records;
    private final LiveRules rules;

    private TopicTrades(TopicRecords records, LiveRules rules) {
        this.records = records;
        this.rules = rules;
    }

    /**
     * Connects to Kafka.
     *
     * @param from the topic must have all trades since then, ms
     * @param maxFuture how far ahead of its record a trade may be, ms
     * @throws KafkaException if the topic cannot be reached
     * @throws IllegalArgumentException if it no longer has these trades
     */
    static TopicTrades open(KafkaOptions options, LiveRules rules, long from, long maxFuture) {
        TopicRecords records = TopicRecords.open(options);
        try {
            requireKept(records, from - maxFuture);
            return new TopicTrades(records, rules);
        } catch (RuntimeException e) {
            records.close();
            throw e;
        }
    }

    /** A partition whose first records are deleted must begin before the range does. */
    private static void requireKept(TopicRecords records, long since) {
        records.shortened()
                .forEach(
                        (partition, first) -> {
                            // Symbols without any trade there are not compared.
                            boolean isEmpty = first == Long.MAX_VALUE;
                            if (first > since && !isEmpty) {
                                throw new IllegalArgumentException(
                                        "--from: "
                                                + partition
                                                + " has records since "
                                                + TimeText.of(first)
                                                + " only, older ones are deleted; begin later, or"
                                                + " use --file");
                            }
                        });
    }

    @Override
    public void readOn(Taker taker) throws IOException {
        records.readOn(record -> rules.take(record, taker));
    }

    @Override
    public void close() {
        records.close();
    }
}
