package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A load that is sent open loop by a process of its own.
 *
 * @param begin when its first record is due, ms since the epoch
 */
record Feed(Shape shape, long seed, long begin, Pace pace) {

    /** How long the process takes to start and to make a record. */
    private static final long START_MILLIS = 15_000;

    private static final long RECORDS_PER_MILLI = 50;
    private static final long LIMIT_SECONDS = 600;

    /** One that begins as soon as its process is surely ready. */
    static Feed soon(Shape shape, long seed, Pace pace) {
        long ready = START_MILLIS + pace.records() / RECORDS_PER_MILLI;
        return new Feed(shape, seed, System.currentTimeMillis() + ready, pace);
    }

    /** When the last record is due, ms since the epoch. */
    long end() {
        return begin + pace.millis();
    }

    /** The same records once more. */
    Load load() {
        return new Load(shape, seed, begin, pace);
    }

    /** Starts to send. */
    Sending start(String bootstrap, String topic, Path folder) throws IOException {
        AtomicReference<String> late = new AtomicReference<>("not known");
        ChildProcess process =
                ChildProcess.start(
                        folder.resolve("log"),
                        Map.of(),
                        line -> {
                            if (line.startsWith(FeedMain.LATE)) {
                                late.set(line.substring(FeedMain.LATE.length() + 1));
                            }
                        },
                        List.of(
                                FeedMain.class.getName(),
                                "--bootstrap=" + bootstrap,
                                "--topic=" + topic,
                                "--shape=" + shape.name(),
                                "--seed=" + seed,
                                "--begin=" + begin,
                                "--pace=" + pace.text()));
        return new Sending(process, late);
    }

    /**
     * The running process.
     *
     * @param lateMillis p99 and highest delay of records, ms, once it has ended
     */
    record Sending(ChildProcess process, AtomicReference<String> lateMillis)
            implements AutoCloseable {

        /** Waits until all is sent, and returns how late that was. */
        String await() throws IOException, InterruptedException {
            process.awaitSuccess(LIMIT_SECONDS);
            return lateMillis.get();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
