package io.kline.tools.bench;

import io.kline.store.DaemonThread;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JVM of its own on the class path of this one, whose output is read line by line. */
final class ChildProcess implements AutoCloseable {

    private static final long END_SECONDS = 20;
    private static final int LOG_TAIL = 4_000;

    private final Process process;
    private final Path log;
    private final CountDownLatch outputEnded = new CountDownLatch(1);

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param log gets its standard error
     * @param environment more variables
     * @param lines gets each line of its standard output
     * @param command main class and arguments
     */
    static ChildProcess start(
            Path log, Map<String, String> environment, Consumer<String> lines, List<String> command)
            throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(Flags.JVM);
        all.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(all)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectInput(new File("/dev/null"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(builder.start(), log);
        // Whatever ends this process, nothing that it has started goes on.
        Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
        new DaemonThread(() -> child.read(lines), "output-of-" + child.pid()).start();
        return child;
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            outputEnded.countDown();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for its end, and that its output was read.
     *
     * @throws IllegalStateException if it fails, or takes longer
     */
    void awaitSuccess(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("has not ended after " + seconds + " s" + logTail());
        }
        outputEnded.await();
        if (process.exitValue() != 0) {
            throw new IllegalStateException("ended with " + process.exitValue() + logTail());
        }
    }

    /** What it has logged last, for people. */
    String logTail() throws IOException {
        String text = Files.readString(log);
        return "; the end of its log:\n" + text.substring(Math.max(0, text.length() - LOG_TAIL));
    }

    /** Ends it: by its own means if it can, at once after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
