package io.kline.tools.replay;

import io.kline.store.DaemonThread;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prints every few seconds, until it is closed, how far long work is. */
public final class Progress implements AutoCloseable {

    /** Seconds between two lines. */
    static final int SECONDS = 5;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("progress"));

    private final Supplier<String> line;
    private final PrintStream out;

    /**
     * @param line says how far the work is
     */
    public Progress(Supplier<String> line, PrintStream out) {
        this.line = line;
        this.out = out;
    }

    /** Begins to print. */
    public void start() {
        timer.scheduleAtFixedRate(
                () -> out.println(line.get()), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
