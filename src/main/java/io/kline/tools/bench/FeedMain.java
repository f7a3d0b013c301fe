package io.kline.tools.bench;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The process that sends a load open loop: each record when it is due, however slow the others are.
 * All records are made before the first is sent.
 */
@Command(name = "feed")
final class FeedMain implements Callable<Integer> {

    /** The line that says how late records were sent: p99 and the most, ms. */
    static final String LATE = "FEED late";

    private static final int MOST_MILLIS = 600_000;

    @Option(names = "--bootstrap", required = true)
    private String bootstrap;

    @Option(names = "--topic", required = true)
    private String topic;

    @Option(names = "--shape", required = true)
    private Shape shape;

    @Option(names = "--seed", required = true)
    private long seed;

    @Option(names = "--begin", required = true, description = "when the first is due, ms")
    private long begin;

    @Option(names = "--pace", required = true)
    private String pace;

    public static void main(String[] args) {
        System.exit(new CommandLine(new FeedMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Pace times = Pace.parse(pace);
        Load load = new Load(shape, seed, begin, times);
        List<LoadRecord> records = new ArrayList<>((int) times.records());
        for (long i = 0; i < times.records(); i++) {
            records.add(load.next());
        }
        Histogram late = new Histogram(MOST_MILLIS, 2);
        try (KafkaProducer<byte[], byte[]> producer = Preloaded.producer(bootstrap, 2)) {
            producer.partitionsFor(topic);
            long early = begin - System.currentTimeMillis();
            if (early < 0) {
                throw new IllegalStateException("made its records " + -early + " ms too late");
            }
            for (LoadRecord record : records) {
                long wait = record.time() - System.currentTimeMillis();
                if (wait > 0) {
                    TimeUnit.MILLISECONDS.sleep(wait);
                }
                late.recordValue(Math.max(0, -wait));
                producer.send(new ProducerRecord<>(topic, record.key(), record.value()));
            }
        }
        System.out.println(LATE + " " + late.getValueAtPercentile(99) + " " + late.getMaxValue());
        return 0;
    }
}
