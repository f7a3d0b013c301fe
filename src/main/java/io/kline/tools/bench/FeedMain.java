package io.kline.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process that sends a load open loop: each record when it is due, however slow the others are.
 * All records are made before the first is sent.
 */
@Command(name = "feed")
final class FeedMain implements Callable<Integer> {

    /** The line that says how late records were sent: p99 and the most, ms. */
    static final String LATE = "FEED late";

    /** The line that says when the first record is due, ms since the epoch. */
    static final String BEGIN = "FEED begin";

    private static final long START_MILLIS = 4_000;
    private static final long RECORDS_PER_MILLI = 100;
    private static final int MOST_MILLIS = 600_000;

    @Option(names = "--bootstrap", required = true)
    private String bootstrap;

    @Option(names = "--topic", required = true)
    private String topic;

    @Option(names = "--shape", required = true)
    private Shape shape;

    @Option(names = "--seed", required = true)
    private long seed;

    @Option(names = "--begin", description = "when the first is due, ms; default: when it is ready")
    private long begin;

    @Option(names = "--pace", required = true)
    private String pace;

    public static void main(String[] args) {
        System.exit(new CommandLine(new FeedMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        FeedPace times = FeedPace.parse(pace);
        List<LoadRecord> records = begin > 0 ? records(times) : recordsSoon(times);
        System.out.println(BEGIN + " " + begin);
        Histogram late = new Histogram(MOST_MILLIS, 2);
        try (KafkaProducer<byte[], byte[]> producer = Preloaded.producer(bootstrap, 2)) {
            producer.partitionsFor(topic);
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

    /** The longer it takes to make them, the later they begin: none is late at the start. */
    private List<LoadRecord> recordsSoon(FeedPace times) {
        long margin = START_MILLIS + times.records() / RECORDS_PER_MILLI;
        while (true) {
            begin = System.currentTimeMillis() + margin;
            List<LoadRecord> records = records(times);
            if (System.currentTimeMillis() < begin - START_MILLIS / 2) {
                return records;
            }
            margin *= 2;
        }
    }

    private List<LoadRecord> records(FeedPace times) {
        Load load = new Load(shape, seed, begin, times);
        List<LoadRecord> records = new ArrayList<>((int) times.records());
        for (long i = 0; i < times.records(); i++) {
            records.add(load.next());
        }
        return records;
    }
}
