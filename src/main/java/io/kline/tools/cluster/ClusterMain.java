package io.kline.tools.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.kline.tools.stack.Directories;
import io.kline.tools.stack.ServerException;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.StackDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/cluster.sh}. */
@Command(
        name = "cluster.sh",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(start | stop | status | clean)",
        description = "A Flink cluster on this machine: each JobManager and TaskManager a process.",
        footer = {
            "",
            "With more than one JobManager there is ZooKeeper, and another one takes over.",
            "Checkpoints, savepoints and logs are in target/cluster (KLINE_CLUSTER_DIR).",
            "Metrics for Prometheus: 3 above the UI port, and 6 above it for the first TaskManager.",
            "Each further JobManager or TaskManager has ports 10 higher.",
            "",
            "Environment:",
            "  FLINK_UI_PORT      port of the Flink UI, 8081; the cluster's other ports follow it",
            "  KLINE_CLUSTER_DIR  what the cluster writes",
            "",
            "Examples:",
            "  scripts/stack.sh start && scripts/cluster.sh start --jobmanagers 2 --taskmanagers 3",
            "  scripts/submit.sh live && scripts/submit.sh history"
        })
final class ClusterMain implements Callable<Integer> {

    private static final Pattern CONTENTS =
            Pattern.compile(
                    "conf|tmp|checkpoints|savepoints|ha|zookeeper|(job|task)manager-[0-9]+");

    @Spec private CommandSpec spec;

    @Option(
            names = "--jobmanagers",
            paramLabel = "n",
            defaultValue = "1",
            scope = ScopeType.INHERIT,
            description = "how many JobManagers; default 1")
    private int jobManagers;

    @Option(
            names = "--taskmanagers",
            paramLabel = "n",
            defaultValue = "3",
            scope = ScopeType.INHERIT,
            description =
                    "how many TaskManagers, with slots for one job each; one or two have four slots;"
                            + " default 3")
    private int taskManagers;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            scope = ScopeType.INHERIT,
            description = "a setting of Flink; wins over flink-conf/config.yaml")
    private Map<String, String> more = new LinkedHashMap<>();

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new ClusterMain());
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    failed.getErr().println("error: " + e.getMessage());
                    return 1;
                });
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: start, stop, status or clean");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Start what does not run; return when the TaskManagers are registered.")
    int start() throws IOException {
        if (jobManagers < 1 || taskManagers < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--jobmanagers and --taskmanagers must be at least 1");
        }
        Map<String, Long> running =
                started().processes().stream()
                        .filter(ServerProcess::isRunning)
                        .collect(groupingBy(one -> one.name().replaceAll("-.*", ""), counting()));
        boolean isAvailable = running.containsKey("zookeeper");
        if (running.containsKey("jobmanager") && isAvailable != jobManagers > 1) {
            throw new IllegalStateException(
                    "it runs with "
                            + (isAvailable ? "several JobManagers" : "one JobManager")
                            + ", which others would not join: give --jobmanagers as then, or stop");
        }
        try {
            cluster(jobManagers, taskManagers).start();
        } catch (ServerException e) {
            throw e.getMessage().contains("is taken")
                    ? new ServerException(e.getMessage() + "; FLINK_UI_PORT moves all ports", e)
                    : e;
        }
        print("Flink UI   http://localhost:" + StackDefaults.uiPort());
        return status();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stop all processes. Checkpoints and savepoints are kept.")
    int stop() throws IOException {
        started().stop();
        print("stopped");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stop all processes and delete checkpoints, savepoints and logs.")
    int clean() throws IOException {
        started().stop();
        Path folder = StackDefaults.cluster(System.getenv());
        for (Path own : contents(folder)) {
            Directories.delete(own);
        }
        print("deleted");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "One line per process and job; exit code 0 only if all processes run.")
    int status() throws IOException {
        Cluster cluster = started();
        int down = 0;
        for (ServerProcess process : cluster.processes()) {
            String pid = process.process().map(p -> "up    pid " + p.pid()).orElse("down");
            down += process.isRunning() ? 0 : 1;
            print("%-14s %s".formatted(process.name(), pid));
        }
        cluster.rest()
                .ifPresent(
                        rest ->
                                rest.jobs()
                                        .forEach(
                                                job ->
                                                        print(
                                                                "%-14s %-9s %s"
                                                                        .formatted(
                                                                                job.name(),
                                                                                job.state(),
                                                                                job.id()))));
        return down == 0 ? 0 : 1;
    }

    /** What a cluster has written to its folder. Whatever else is there is not its own. */
    static List<Path> contents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(one -> CONTENTS.matcher(one.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** How many JobManagers were started and not stopped; with ZooKeeper two at least. */
    private static int leaders(Path folder) throws IOException {
        boolean hasZooKeeper = Files.exists(folder.resolve("zookeeper/zookeeper.pid"));
        return Math.max(started(folder, "jobmanager"), hasZooKeeper ? 2 : 0);
    }

    /** The cluster as it was started, with as many processes as then; else that of the options. */
    private Cluster started() throws IOException {
        Path folder = StackDefaults.cluster(System.getenv());
        int leaders = leaders(folder);
        int workers = started(folder, "taskmanager");
        return cluster(leaders == 0 ? jobManagers : leaders, workers == 0 ? taskManagers : workers);
    }

    /**
     * The highest number of a process of a kind that was started and not stopped; 0 without one.
     */
    static int started(Path folder, String kind) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        Pattern name = Pattern.compile(kind + "-([0-9]+)");
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(home -> Files.exists(home.resolve(home.getFileName() + ".pid")))
                    .map(home -> name.matcher(home.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private Cluster cluster(int leaders, int workers) {
        Path root = Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
        return Cluster.in(
                root,
                StackDefaults.cluster(System.getenv()),
                StackDefaults.uiPort(),
                leaders,
                workers,
                more);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
