package io.kline.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.job.LiveJob;
import io.kline.tools.stack.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * The command behind {@code scripts/upgrade.sh}: a new live job goes on from a savepoint of the
 * running one, beside it, until it has caught up. Two live jobs do each other no harm, since what
 * they decide is the same and every store keeps the higher version.
 */
public final class UpgradeMain {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final Pattern SUBMITTED = Pattern.compile("submitted: ([0-9a-f]{32})");

    private UpgradeMain() {}

    /**
     * Takes the parallelism of the new job, or nothing for that of the old one; something if it may
     * have other settings; and then its settings.
     */
    public static void main(String[] all) throws Exception {
        String parallelism = all[0];
        boolean mayDiffer = !all[1].isEmpty();
        String[] args = Arrays.copyOfRange(all, 2, all.length);
        try {
            Optional<KlineOptions> options =
                    new OptionsReader(System.getenv()).read("upgrade.sh live", args);
            if (options.isPresent()) {
                upgrade(options.get(), parallelism, mayDiffer, args);
            }
        } catch (ConfigException | IllegalStateException e) {
            System.err.println("upgrade.sh: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            System.err.println(
                    "upgrade.sh: "
                            + e
                            + "; scripts/cluster.sh status, or Flink's UI, shows which jobs run");
            System.exit(1);
        }
        // Threads of Flink's client go on for a while.
        System.exit(0);
    }

    private static void upgrade(
            KlineOptions options, String parallelism, boolean mayDiffer, String... args)
            throws Exception {
        Configuration conf = GlobalConfiguration.loadConfiguration(System.getenv("FLINK_CONF_DIR"));
        try (RestClusterClient<StandaloneClusterId> flink =
                        new RestClusterClient<>(conf, StandaloneClusterId.getInstance());
                Freshness freshness = Freshness.of(options.redis.settings())) {
            Rest rest = Rest.of(flink::getWebInterfaceURL, conf);
            JobID old = JobID.fromHexString(running(rest).id());
            Await.until(
                    "the live job runs",
                    Duration.ofMinutes(1),
                    () -> rest.isRunning(old.toHexString()));
            if (!mayDiffer) {
                requireSame(rest.get("/jobs/" + old + "/config"), options.kline.decisive());
            }
            Phases phases = new Phases(freshness);
            print("savepoint of " + old + " …");
            String savepoint =
                    flink.triggerSavepoint(old, null, SavepointFormatType.CANONICAL)
                            .get(2, TimeUnit.MINUTES);
            phases.end("savepoint");
            String next =
                    submit(
                            savepoint,
                            parallelism.isEmpty() ? parallelismOf(rest, old) : parallelism,
                            args);
            requireStart(flink, rest, next);
            requireNoOther(flink, rest, old, next);
            print(next + " catches up beside it …");
            new CatchUp(rest, old.toHexString(), next, metricsAge(conf)).await();
            phases.end("start beside it");
            requireNoOther(flink, rest, old, next);
            long before = freshness.count();
            flink.cancel(old).get(1, TimeUnit.MINUTES);
            Await.until(
                    "the old job has ended",
                    Duration.ofMinutes(1),
                    () -> jobs(rest).stream().noneMatch(job -> isAlive(job, old)));
            // A pause that the end of the old job makes would show now.
            TimeUnit.SECONDS.sleep(5);
            Duration usual = phases.longest().multipliedBy(3);
            boolean isHeard = before == 0 || Await.holds(usual, () -> freshness.count() > before);
            phases.end("end of the old job");
            if (!isHeard) {
                throw new IllegalStateException(
                        "the old job has ended, and no fresh candle came since: see the log of the"
                                + " TaskManagers of "
                                + next
                                + ". The old job's state is "
                                + savepoint);
            }
            print(
                    freshness.count() == 0
                            ? next
                                    + " runs; no fresh candle was heard: the market stands still, or"
                                    + " the Redis user may not listen to all channels"
                            : next + " runs; the longest pause between fresh candles: " + phases);
            print("the state before it, for a way back: " + savepoint);
        }
    }

    /**
     * Whoever forgets a setting ends intervals, or has trades judged in another way.
     *
     * @param config Flink's answer about the running job
     * @param settings of the new one, by key
     * @throws ConfigException if they differ; a job of an earlier build shows none
     */
    static void requireSame(JsonNode config, Map<String, String> settings) {
        JsonNode running = config.path("execution-config").path("user-config");
        List<String> differences = new ArrayList<>();
        settings.forEach(
                (key, value) -> {
                    String old = running.path(key).asText(value);
                    if (!old.equals(value)) {
                        differences.add(key + " is " + old + ", and would be " + value);
                    }
                });
        if (!differences.isEmpty()) {
            throw new ConfigException(
                    "the running job has other settings: "
                            + String.join("; ", differences)
                            + ". Give the same, or --other-settings if they are to change");
        }
    }

    /** A job that waits for slots goes on asking, and may take those that the old one needs. */
    private static void requireStart(
            RestClusterClient<StandaloneClusterId> flink, Rest rest, String job) throws Exception {
        boolean starts = Await.holds(START_LIMIT, () -> runsOrHasEnded(rest, job));
        if (!starts) {
            flink.cancel(JobID.fromHexString(job)).get(1, TimeUnit.MINUTES);
            throw new IllegalStateException(
                    "%s did not start in %d s, so it was ended; the old one goes on. There are too few"
                                    .formatted(job, START_LIMIT.toSeconds())
                            + " free slots for it (taskmanager.numberOfTaskSlots), or it fails: see"
                            + " its exceptions in Flink's UI");
        }
    }

    /** Two upgrades at once would leave two live jobs. */
    private static void requireNoOther(
            RestClusterClient<StandaloneClusterId> flink, Rest rest, JobID old, String next)
            throws Exception {
        List<String> others = liveBesides(Set.of(old.toHexString(), next), jobs(rest));
        if (!others.isEmpty()) {
            flink.cancel(JobID.fromHexString(next)).get(1, TimeUnit.MINUTES);
            throw new IllegalStateException(
                    "somebody else has started a live job meanwhile, %s: so %s was ended again"
                            .formatted(String.join(", ", others), next));
        }
    }

    /** The ids of the live jobs of a list that run or will, but for some. */
    static List<String> liveBesides(Set<String> known, List<Rest.Job> jobs) {
        return live(jobs).stream().map(Rest.Job::id).filter(id -> !known.contains(id)).toList();
    }

    private static List<Rest.Job> live(List<Rest.Job> jobs) {
        return jobs.stream()
                .filter(job -> job.name().equals(LiveJob.NAME) && job.isAlive())
                .toList();
    }

    /** The jobs that Flink lists, as soon as a JobManager leads. */
    private static List<Rest.Job> jobs(Rest rest) {
        List<Rest.Job> jobs = new ArrayList<>();
        Await.until(
                "an answer of Flink",
                Duration.ofMinutes(1),
                () -> {
                    try {
                        jobs.addAll(rest.jobs());
                        return true;
                    } catch (UncheckedIOException notNow) {
                        return false;
                    }
                });
        return jobs;
    }

    private static boolean runsOrHasEnded(Rest rest, String job) {
        try {
            JobID id = JobID.fromHexString(job);
            return rest.isRunning(job) || rest.jobs().stream().noneMatch(each -> isAlive(each, id));
        } catch (UncheckedIOException notNow) {
            return false;
        }
    }

    private static Duration metricsAge(Configuration conf) {
        return Duration.ofMillis(conf.get(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL).toMillis());
    }

    private static boolean isAlive(Rest.Job job, JobID id) {
        return job.id().equals(id.toHexString()) && job.isAlive();
    }

    private static Rest.Job running(Rest rest) {
        List<Rest.Job> live = live(jobs(rest));
        if (live.size() > 1) {
            throw new IllegalStateException(
                    "several live jobs run, such as one and its standby: stop all but one first"
                            + " (scripts/stop.sh live --job ID), of "
                            + live.stream().map(Rest.Job::id).toList());
        }
        return live.stream()
                .filter(job -> job.state().equals("RUNNING"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no live job runs"));
    }

    /** As many subtasks as the job has that is replaced, however it was started. */
    private static String parallelismOf(Rest rest, JobID job) {
        int most = 1;
        for (var vertex : rest.get("/jobs/" + job.toHexString()).path("vertices")) {
            most = Math.max(most, vertex.path("parallelism").asInt());
        }
        return Integer.toString(most);
    }

    private static String submit(String savepoint, String parallelism, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("kline.root"), "scripts", "submit.sh").toString());
        command.addAll(List.of("live", "--from-savepoint", savepoint));
        command.addAll(List.of("--parallelism", parallelism));
        command.addAll(Arrays.asList(args));
        ProcessBuilder submit = new ProcessBuilder(command);
        submit.environment().put("KLINE_BESIDE", "yes");
        submit.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = submit.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher submitted = SUBMITTED.matcher(output);
        if (process.waitFor() != 0 || !submitted.find()) {
            throw new IllegalStateException(
                    "the new job was not submitted; the old one goes on " + output.strip());
        }
        return submitted.group(1);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
