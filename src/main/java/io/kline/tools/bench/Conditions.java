package io.kline.tools.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Under which conditions figures were taken.
 *
 * @param foreignLoad cores that others used just before
 */
record Conditions(
        int cores, double memoryGb, String java, String date, String commit, double foreignLoad) {

    /** Those of this moment. */
    static Conditions now(Path root, double foreignLoad) throws IOException, InterruptedException {
        return new Conditions(
                Runtime.getRuntime().availableProcessors(),
                memoryKb() / 1e6,
                ManagementFactory.getRuntimeMXBean().getVmName()
                        + " "
                        + System.getProperty("java.version"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                commit(root),
                foreignLoad);
    }

    /** One line for people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%d cores, %.0f GB, %s, %s, commit %s, foreign load %.2f cores%s",
                cores,
                memoryGb,
                java,
                date,
                commit,
                foreignLoad,
                ForeignLoad.isLow(foreignLoad) ? "" : ": THE MACHINE WAS BUSY");
    }

    /** For the file of results. */
    Map<String, Object> values() {
        return new TreeMap<>(
                Map.of(
                        "cores", cores,
                        "memoryGb", memoryGb,
                        "java", java,
                        "date", date,
                        "commit", commit,
                        "foreignLoad", foreignLoad,
                        "busy", !ForeignLoad.isLow(foreignLoad)));
    }

    private static double memoryKb() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0);
        return Double.parseDouble(total.replaceAll("\\D", ""));
    }

    private static String commit(Path root) throws IOException, InterruptedException {
        Process git =
                new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
                        .directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 ? answer.strip() : "unknown";
    }
}
