package io.kline.tools.replay;

import io.kline.config.CandleOptions;
import io.kline.config.OptionsReader;
import io.kline.kafka.TradeDeserializer;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the live job, with its default settings, makes of a record that is sent now. */
final class JobVerdict {

    private final List<Inbound> read = new ArrayList<>();
    private final TradeDeserializer job;

    JobVerdict() {
        CandleOptions options = new OptionsReader(Map.of()).read("replay.sh").orElseThrow().kline;
        job = new TradeDeserializer(options.maxFuture.toMillis(), options.maxAge.toMillis());
        job.open(null);
    }

    /** The dead letter that a value becomes, or nothing if it is a trade. */
    Optional<DeadLetter> refusal(byte[] value) {
        read.clear();
        job.deserialize(
                new ConsumerRecord<>("trades", 0, 0, null, value), new ListCollector<>(read));
        return read.get(0) instanceof Inbound.Rejected rejected
                ? Optional.of(rejected.deadLetter())
                : Optional.empty();
    }
}
