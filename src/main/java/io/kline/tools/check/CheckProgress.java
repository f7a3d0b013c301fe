package io.kline.tools.check;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prints every few seconds how far the check is. */
final class CheckProgress implements AutoCloseable {

    private static final int SECONDS = 5;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "progress");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final Supplier<String> line;
    private final PrintStream out;

    CheckProgress(Supplier<String> line, PrintStream out) {
        this.line = line;
        this.out = out;
    }

    void start() {
        timer.scheduleAtFixedRate(
                () -> out.println(line.get()), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
