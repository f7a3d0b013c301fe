package io.kline.tools.cluster;

import io.kline.tools.stack.Directories;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.StackDefaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
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
            defaultValue = "2",
            scope = ScopeType.INHERIT,
            description = "how many TaskManagers, of four slots each; default 2")
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

    @Command(description = "Start what does not run; return when the TaskManagers are registered.")
    int start() throws IOException {
        Cluster cluster = cluster();
        cluster.start();
        print("Flink UI   http://localhost:" + StackDefaults.uiPort());
        return status();
    }

    @Command(description = "Stop all processes. Checkpoints and savepoints are kept.")
    int stop() {
        cluster().stop();
        print("stopped");
        return 0;
    }

    @Command(description = "Stop all processes and delete checkpoints, savepoints and logs.")
    int clean() throws IOException {
        cluster().stop();
        Directories.delete(StackDefaults.cluster(System.getenv()));
        print("deleted");
        return 0;
    }

    @Command(description = "One line per process and job; exit code 0 only if all processes run.")
    int status() {
        Cluster cluster = cluster();
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

    private Cluster cluster() {
        Path root = Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
        return Cluster.in(
                root,
                StackDefaults.cluster(System.getenv()),
                StackDefaults.uiPort(),
                jobManagers,
                taskManagers,
                more);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
