package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A load that a process of its own sends open loop. */
record Feed(Shape shape, long seed, FeedPace pace) {

    private static final long LIMIT_SECONDS = 900;

    /**
     * Starts to send when the records are made, or at a time.
     *
     * @param begin when the first record is due, ms since the epoch; 0 for soon
     */
    Sending start(String bootstrap, String topic, Path folder, long begin) throws IOException {
        CompletableFuture<Long> begun = new CompletableFuture<>();
        CompletableFuture<Double> late = new CompletableFuture<>();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                FeedMain.class.getName(),
                                "--bootstrap=" + bootstrap,
                                "--topic=" + topic,
                                "--shape=" + shape.name(),
                                "--seed=" + seed,
                                "--pace=" + pace.text()));
        if (begin > 0) {
            command.add("--begin=" + begin);
        }
        ChildProcess process =
                ChildProcess.start(
                        folder.resolve("log"),
                        Map.of(),
                        line -> {
                            if (line.startsWith(FeedMain.BEGIN)) {
                                begun.complete(Long.parseLong(word(line, 2)));
                            } else if (line.startsWith(FeedMain.LATE)) {
                                late.complete(Double.parseDouble(word(line, 2)));
                            }
                        },
                        command);
        return new Sending(this, process, begun, late);
    }

    private static String word(String line, int number) {
        return line.split(" ")[number];
    }

    /**
     * The running process.
     *
     * @param begun when its first record is due, ms since the epoch
     * @param late the delay at which records were sent, p99, ms
     */
    record Sending(
            Feed feed,
            ChildProcess process,
            CompletableFuture<Long> begun,
            CompletableFuture<Double> late)
            implements AutoCloseable {

        /** Waits until it is known when the first record is due, ms since the epoch. */
        long begin() throws Exception {
            try {
                return begun.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("the feed does not begin" + process.logTail(), e);
            }
        }

        /** The same records once more. */
        Load load() throws Exception {
            return new Load(feed.shape, feed.seed, begin(), feed.pace);
        }

        /** Waits until all is sent; returns how late records were, p99, ms. */
        double await() throws Exception {
            process.awaitSuccess(LIMIT_SECONDS);
            return late.get();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
