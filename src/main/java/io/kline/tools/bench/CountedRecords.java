package io.kline.tools.bench;

import io.kline.kafka.TradeDeserializer;
import io.kline.model.Inbound;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The jobs' own reading of trades, that prints the mark {@code warm} when so many records were read
 * in this process.
 */
final class CountedRecords implements KafkaRecordDeserializationSchema<Inbound> {

    /** Counted together: a shared counter for every record would be a cost of its own. */
    private static final int STEP = 500;

    private static final AtomicLong READ = new AtomicLong();

    private final TradeDeserializer trades;
    private final long warm;
    private transient int since;

    CountedRecords(TradeDeserializer trades, long warm) {
        this.trades = trades;
        this.warm = warm;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        trades.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        if (++since == STEP) {
            since = 0;
            long read = READ.addAndGet(STEP);
            if (read >= warm && read - STEP < warm) {
                System.out.println(new Mark(Mark.WARM, read).line());
            }
        }
        trades.deserialize(record, out);
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return trades.getProducedType();
    }
}
