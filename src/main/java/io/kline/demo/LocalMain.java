package io.kline.demo;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.config.MysqlOptions;
import io.kline.config.OptionsReader;
import io.kline.demo.stack.EmbeddedMariaDb;
import io.kline.demo.stack.JobFolder;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The job or jobs in one process with the Flink UI, on the servers of the local stack. */
public final class LocalMain {

    private static final String USAGE =
            "usage: local.sh live|history|all [--key value …]\n"
                    + "  Runs the job or both in this process, with the Flink UI on port 8081 (FLINK_UI_PORT).\n"
                    + "  A job goes on from the checkpoint or savepoint of its last run on the same stack.\n"
                    + "  local.sh live --help lists the keys.";

    enum Which {
        LIVE,
        HISTORY,
        ALL
    }

    private LocalMain() {}

    public static void main(String[] args) {
        Optional<Which> which = which(args);
        if (which.isEmpty()) {
            System.err.println(USAGE);
            System.exit(args.length > 0 && args[0].equals("--help") ? 0 : 2);
        }
        try {
            Optional<KlineOptions> options =
                    new OptionsReader(System.getenv())
                            .read("local.sh " + args[0], Arrays.copyOfRange(args, 1, args.length));
            if (options.isPresent()) {
                usePasswordOfTheStack(options.get().mysql);
                run(which.get(), options.get());
            }
        } catch (ConfigException e) {
            System.err.println("local.sh: " + e.getMessage());
            System.exit(2);
        } catch (Exception e) {
            // The cluster's threads would keep the process alive.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static Optional<Which> which(String... args) {
        return Arrays.stream(Which.values())
                .filter(
                        one ->
                                args.length > 0
                                        && one.name().toLowerCase(Locale.ROOT).equals(args[0]))
                .findFirst();
    }

    private static void run(Which which, KlineOptions options) throws Exception {
        LocalCluster cluster = LocalCluster.start(uiPort());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "stop"));
        LocalCluster.Job last = submit(cluster, which, options, stateDir());
        System.out.println("Flink UI   " + cluster.address());
        System.out.println(
                "Ctrl-C stops the jobs with savepoints; the next start goes on from there.");
        cluster.awaitEnd(last);
        if (cluster.isClosing()) {
            return;
        }
        System.err.println("local.sh: a job has failed for good, see the log above");
        System.exit(1);
    }

    /** Port of the Flink UI. */
    static int uiPort() {
        return Integer.parseInt(System.getenv().getOrDefault("FLINK_UI_PORT", "8081"));
    }

    /** The stack's own password, unless one is set. */
    public static void usePasswordOfTheStack(MysqlOptions options) {
        if (options.password == null) {
            options.password = EmbeddedMariaDb.PASSWORD;
        }
    }

    /** Where the jobs of the local stack keep their checkpoints. */
    static Path stateDir() {
        String stack = System.getenv("KLINE_STACK_DIR");
        Path root = Path.of(System.getProperty("kline.root", "."));
        return JobFolder.in(
                (stack == null ? root.resolve("target/stack") : Path.of(stack)).toAbsolutePath());
    }

    /** Submits the jobs, and returns the last one. */
    static LocalCluster.Job submit(
            LocalCluster cluster, Which which, KlineOptions options, Path stateDir)
            throws Exception {
        int parallelism = Math.min(4, Runtime.getRuntime().availableProcessors());
        Path folder = stateDir.resolve(options.kafka.groupId);
        LocalCluster.Job last = null;
        if (which != Which.HISTORY) {
            last =
                    cluster.submit(
                            LiveJob.NAME,
                            parallelism,
                            folder.resolve("live"),
                            env -> LiveJob.define(env, options));
        }
        if (which != Which.LIVE) {
            last =
                    cluster.submit(
                            HistoryJob.NAME,
                            parallelism,
                            folder.resolve("history"),
                            env -> HistoryJob.define(env, options));
        }
        return last;
    }

    private static void stop(LocalCluster cluster) {
        System.err.println("Stopping …");
        cluster.close();
    }
}
