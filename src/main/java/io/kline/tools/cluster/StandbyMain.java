package io.kline.tools.cluster;

import io.kline.tools.stack.Await;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Looks where a standby runs: two live jobs on one TaskManager die together. Flink places a job on
 * whatever slots are free, so the standby is ended if it shares a TaskManager.
 */
public final class StandbyMain {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private StandbyMain() {}

    /** Takes the ids of the first live job and of its standby. */
    public static void main(String[] args) throws Exception {
        boolean isApart;
        Configuration conf = GlobalConfiguration.loadConfiguration(System.getenv("FLINK_CONF_DIR"));
        try (RestClusterClient<StandaloneClusterId> flink =
                new RestClusterClient<>(conf, StandaloneClusterId.getInstance())) {
            Rest rest = Rest.of(flink::getWebInterfaceURL, conf);
            String problem = problem(rest, args[0], args[1]);
            isApart = problem == null;
            if (!isApart) {
                flink.cancel(JobID.fromHexString(args[1])).get(1, TimeUnit.MINUTES);
                System.err.println(
                        "error: "
                                + problem
                                + ", so it was ended. Give each TaskManager as many slots as the"
                                + " live job's parallelism (taskmanager.numberOfTaskSlots), and"
                                + " have as many TaskManagers more as the job takes.");
            }
        }
        // Threads of Flink's client go on for a while.
        System.exit(isApart ? 0 : 1);
    }

    /** Why the standby is none, or null. */
    private static String problem(Rest rest, String first, String standby) {
        try {
            return sharing(rest, first, standby);
        } catch (UncheckedIOException e) {
            return "where the two live jobs run cannot be read (" + e.getMessage() + ")";
        }
    }

    private static String sharing(Rest rest, String first, String standby) {
        if (!Await.holds(START_LIMIT, () -> rest.isRunning(standby))) {
            return "the standby did not start in %d s: there are no free slots for it, or it fails"
                    .formatted(START_LIMIT.toSeconds());
        }
        Set<String> ofStandby = rest.taskManagersOf(standby);
        Set<String> shared = new TreeSet<>(rest.taskManagersOf(first));
        shared.retainAll(ofStandby);
        if (!shared.isEmpty()) {
            return "the standby shares %s with the live job and would die with it"
                    .formatted(String.join(", ", shared));
        }
        System.out.println(
                "The standby runs on %s, the live job on %s"
                        .formatted(
                                String.join(", ", ofStandby),
                                String.join(", ", rest.taskManagersOf(first))));
        return null;
    }
}
