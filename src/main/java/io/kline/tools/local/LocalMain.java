package io.kline.tools.local;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.stack.StackDefaults;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The job or jobs in one process with the Flink UI, on the servers of the local stack. */
public final class LocalMain {

    private static final String EXAMPLES =
            "Examples:\n"
                    + "  local.sh all\n"
                    + "  local.sh all --kline.ticks off --kline.intervals 1m,1h,1d   a backfill";

    private static final String USAGE =
            "usage: local.sh live|history|all [--key value …]\n"
                    + "  Runs the job or both in this process, with the Flink UI on port 8081 (FLINK_UI_PORT).\n"
                    + "  A job goes on from the checkpoint or savepoint of its last run on the same stack.\n"
                    + "  local.sh live --help lists the keys.\n"
                    + "\n"
                    + EXAMPLES;

    private LocalMain() {}

    public static void main(String[] args) {
        Optional<LocalJobs> which = which(args);
        if (which.isEmpty()) {
            System.err.println(USAGE);
            System.exit(args.length > 0 && args[0].equals("--help") ? 0 : 2);
        }
        try {
            Optional<KlineOptions> options =
                    new OptionsReader(System.getenv())
                            .read("local.sh " + args[0], Arrays.copyOfRange(args, 1, args.length));
            if (options.isPresent()) {
                StackDefaults.password(options.get().mysql);
                run(which.get(), options.get());
            } else {
                System.out.println("\n" + EXAMPLES);
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

    private static Optional<LocalJobs> which(String... args) {
        return Arrays.stream(LocalJobs.values())
                .filter(
                        one ->
                                args.length > 0
                                        && one.name().toLowerCase(Locale.ROOT).equals(args[0]))
                .findFirst();
    }

    private static void run(LocalJobs which, KlineOptions options) throws Exception {
        LocalCluster cluster = LocalCluster.start(StackDefaults.uiPort());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "stop"));
        LocalCluster.Job last = which.submit(cluster, options);
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

    private static void stop(LocalCluster cluster) {
        System.err.println("Stopping …");
        cluster.close();
    }
}
