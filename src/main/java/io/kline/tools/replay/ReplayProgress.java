package io.kline.tools.replay;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints every few seconds how far a replay is. */
final class ReplayProgress implements AutoCloseable {

    private static final int SECONDS = 5;

    private final TradeTopic topic;
    private final Replay replay;
    private final PrintStream out;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "progress");
                        thread.setDaemon(true);
                        return thread;
                    });
    private long before;

    ReplayProgress(TradeTopic topic, Replay replay, PrintStream out) {
        this.topic = topic;
        this.replay = replay;
        this.out = out;
    }

    void start() {
        timer.scheduleAtFixedRate(this::print, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void print() {
        long now = topic.acknowledged();
        out.println(line(now, (now - before) / SECONDS, replay.secondsToNext()));
        before = now;
    }

    static String line(long records, long perSecond, long secondsToNext) {
        String line = String.format(Locale.ROOT, "%,d records sent, %,d per s", records, perSecond);
        return secondsToNext < 1
                ? line
                : line + String.format(Locale.ROOT, ", the next is due in %,d s", secondsToNext);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
