package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.job.LiveJob;
import io.kline.testing.Await;
import io.kline.testing.Servers;
import io.kline.testing.ShortLived;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts with a Flink that is unpacked somewhere: its own command, jars and configuration. */
class FlinkHomeITCase {

    /** What Flink's own script does in the end. */
    private static final String FLINK =
            """
            #!/usr/bin/env bash
            home="$(cd "$(dirname "$0")/.." && pwd -P)"
            : "${FLINK_CONF_DIR:=$home/conf}"
            export FLINK_CONF_DIR
            exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $JVM_ARGS %s -classpath "$(printf '%%s:' "$home"/lib/*.jar)" \
            org.apache.flink.client.cli.CliFrontend "$@"
            """;

    /** Where the cluster's ports begin: below those that clients get. */
    private static final int PORTS = 17_600;

    @TempDir private Path folder;

    private final List<String> settings =
            List.of(
                    "--kafka.bootstrap.servers",
                    Servers.kafka().address(),
                    "--kafka.topic.trades",
                    Servers.newTopic("trades", 1),
                    "--kafka.topic.klines",
                    Servers.newTopic("klines", 1),
                    "--redis.nodes",
                    Servers.redis().address());

    private int exitCode;

    private final Path root = Path.of("").toAbsolutePath();

    @Test
    void submitsAndStopsThere() throws Exception {
        Cluster cluster =
                Cluster.in(root, folder.resolve("a cluster"), PORTS, 1, 1, ShortLived.SETTINGS);
        try {
            cluster.start();
            Path home = flinkHome();

            assertThat(script(home, "stop.sh", "live")).contains("Kline live does not run");
            assertThat(submit(home)).contains("Kline live submitted: ");
            Rest rest = cluster.rest().orElseThrow();
            assertThat(rest.jobs()).extracting(Rest.Job::name).containsExactly(LiveJob.NAME);
            assertThat(script(home, "submit.sh", "live")).contains("Kline live runs already as");
            Await.until(Duration.ofMinutes(2), "the job runs", () -> isRunning(rest));
            // There is one TaskManager, with slots for both.
            assertThat(submit(home, "--standby"))
                    .contains("the standby shares taskmanager-1 with the live job")
                    .contains("taskmanager.numberOfTaskSlots");
            assertThat(exitCode).isEqualTo(1);
            Await.until(
                    Duration.ofMinutes(1),
                    "the standby has ended",
                    () -> rest.jobs().stream().filter(Rest.Job::isAlive).count() == 1);
            assertThat(script(home, "stop.sh", "live", "--job", "0123"))
                    .contains("Kline live is ", ", not 0123");
            String stopped = script(home, "stop.sh", "live");
            assertThat(stopped).contains("Kline live stopped; savepoint: file:");
            assertThat(exitCode).isZero();
            assertThat(rest.jobs()).noneMatch(Rest.Job::isAlive);
            String savepoint = stopped.substring(stopped.indexOf("file:")).strip();
            assertThat(submit(home, "--from-savepoint", savepoint)).contains("submitted: ");
            Await.until(
                    Duration.ofMinutes(1),
                    "the savepoint is restored",
                    () -> rest.jobs().stream().anyMatch(job -> restored(rest, job) == 1));
        } finally {
            cluster.stop();
        }
        // Flink's client would try for a minute.
        Files.writeString(
                folder.resolve("its home/conf/config.yaml"),
                "\nrest.retry.max-attempts: 1\n",
                StandardOpenOption.APPEND);
        assertThat(script(folder.resolve("its home"), "submit.sh", "live"))
                .contains("does not answer");
        assertThat(script(folder, "submit.sh", "live")).contains("there is no bin/flink in it");
    }

    private String submit(Path home, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("live"));
        args.addAll(List.of(more));
        args.addAll(settings);
        return script(home, "submit.sh", args.toArray(String[]::new));
    }

    private static int restored(Rest rest, Rest.Job job) {
        return rest.get("/jobs/" + job.id() + "/checkpoints")
                .path("counts")
                .path("restored")
                .asInt();
    }

    private static boolean isRunning(Rest rest) {
        String job = rest.jobs().get(0).id();
        for (var vertex : rest.get("/jobs/" + job).path("vertices")) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return true;
    }

    private Path flinkHome() throws IOException {
        Path home = Files.createDirectories(folder.resolve("its home"));
        Path lib = Files.createDirectories(home.resolve("lib"));
        for (String jar :
                Files.readString(root.resolve("target/flink.classpath"))
                        .strip()
                        .split(File.pathSeparator)) {
            Files.createSymbolicLink(lib.resolve(Path.of(jar).getFileName()), Path.of(jar));
        }
        Files.createDirectories(home.resolve("conf"));
        Files.copy(folder.resolve("a cluster/conf/config.yaml"), home.resolve("conf/config.yaml"));
        Path flink = Files.createDirectories(home.resolve("bin")).resolve("flink");
        Files.writeString(flink, FLINK.formatted(opens()));
        assertThat(flink.toFile().setExecutable(true)).isTrue();
        return home;
    }

    /** What Flink's configuration opens; this JVM has the same. */
    private static String opens() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens"))
                .collect(Collectors.joining(" "));
    }

    /** What a script printed; sets {@link #exitCode}. */
    private String script(Path home, String name, String... args) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("scripts").resolve(name).toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KLINE_BUILT", "yes");
        builder.environment().put("FLINK_HOME", home.toString());
        builder.environment().remove("FLINK_CONF_DIR");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exitCode = process.waitFor();
        return output;
    }
}
