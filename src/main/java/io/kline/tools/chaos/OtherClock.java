package io.kline.tools.chaos;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * This program once more, in a process of its own with another clock, which its children have too.
 */
final class OtherClock {

    /** In the environment of the process: what it plays in. */
    private static final String MARK = "KLINE_CHAOS_SETUP";

    private OtherClock() {}

    /** Whether this is the process with the clock of a setup. */
    static boolean isHere(Setup setup) {
        return setup.name().equals(System.getenv(MARK));
    }

    /** Whether another process has started this one. */
    static boolean isAnywhere() {
        return System.getenv(MARK) != null;
    }

    /**
     * Runs the program with arguments, and returns its exit code.
     *
     * @param folder to work in
     */
    static int run(Setup setup, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(Setup.CLOCK));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add(ChaosMain.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put(MARK, setup.name());
        builder.environment().putAll(setup.clocks());
        Process process = builder.start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor();
        } finally {
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
