package io.kline.tools.cluster;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.job.LiveJob;
import io.kline.tools.stack.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * The command behind {@code scripts/upgrade.sh}: a new live job goes on from a savepoint of the
 * running one, beside it, until it has caught up. Two live jobs do each other no harm, since what
 * they decide is the same and every store keeps the higher version.
 */
public final class UpgradeMain {

    private static final Duration CAUGHT_UP_LIMIT = Duration.ofMinutes(10);

    /** How long both have to be level before the old job is stopped. */
    private static final int LEVEL_LOOKS = 3;

    /** Records that wait for less than a moment. */
    private static final long FEW = 2_000;

    private static final Pattern SUBMITTED = Pattern.compile("submitted: ([0-9a-f]{32})");

    private UpgradeMain() {}

    /** Takes the settings of the new job as arguments. */
    public static void main(String[] args) throws Exception {
        try {
            Optional<KlineOptions> options =
                    new OptionsReader(System.getenv()).read("upgrade.sh live", args);
            if (options.isPresent()) {
                upgrade(options.get(), args);
            }
        } catch (ConfigException | IllegalStateException e) {
            System.err.println("upgrade.sh: " + e.getMessage());
            System.exit(1);
        }
        // Threads of Flink's client go on for a while.
        System.exit(0);
    }

    private static void upgrade(KlineOptions options, String... args) throws Exception {
        try (RestClusterClient<StandaloneClusterId> flink =
                        new RestClusterClient<>(
                                GlobalConfiguration.loadConfiguration(
                                        System.getenv("FLINK_CONF_DIR")),
                                StandaloneClusterId.getInstance());
                Freshness freshness = Freshness.of(options.redis.settings())) {
            Rest rest = Rest.at(URI.create(flink.getWebInterfaceURL()));
            JobID old = JobID.fromHexString(running(rest).id());
            Await.until(
                    "the live job runs",
                    Duration.ofMinutes(1),
                    () -> rest.isRunning(old.toHexString()));
            Phases phases = new Phases(freshness);
            print("savepoint of " + old + " …");
            String savepoint =
                    flink.triggerSavepoint(old, null, SavepointFormatType.CANONICAL)
                            .get(2, TimeUnit.MINUTES);
            phases.end("savepoint");
            String next = submit(savepoint, parallelism(rest, old), args);
            print(next + " catches up beside it …");
            awaitLevel(rest, next);
            phases.end("start beside it");
            flink.cancel(old).get(1, TimeUnit.MINUTES);
            Await.until(
                    "the old job has ended",
                    Duration.ofMinutes(1),
                    () -> rest.jobs().stream().noneMatch(job -> isAlive(job, old)));
            // A pause that the end of the old job makes would show now.
            TimeUnit.SECONDS.sleep(5);
            phases.end("end of the old job");
            print(
                    freshness.count() == 0
                            ? next
                                    + " runs; no fresh candle was heard: the market stands still, or"
                                    + " the Redis user may not listen to all channels"
                            : next + " runs; the longest pause between fresh candles: " + phases);
        }
    }

    private static boolean isAlive(Rest.Job job, JobID id) {
        return job.id().equals(id.toHexString()) && job.isAlive();
    }

    private static Rest.Job running(Rest rest) {
        List<Rest.Job> live =
                rest.jobs().stream()
                        .filter(job -> job.name().equals(LiveJob.NAME) && job.isAlive())
                        .toList();
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
    private static int parallelism(Rest rest, JobID job) {
        int most = 1;
        for (var vertex : rest.get("/jobs/" + job.toHexString()).path("vertices")) {
            most = Math.max(most, vertex.path("parallelism").asInt());
        }
        return most;
    }

    private static String submit(String savepoint, int parallelism, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("kline.root"), "scripts", "submit.sh").toString());
        command.addAll(List.of("live", "--from-savepoint", savepoint));
        command.addAll(List.of("--parallelism", Integer.toString(parallelism)));
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

    private static void awaitLevel(Rest rest, String job) throws InterruptedException {
        long deadline = System.nanoTime() + CAUGHT_UP_LIMIT.toNanos();
        int level = 0;
        while (level < LEVEL_LOOKS) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s did not catch up in %d minutes; both jobs go on. To give up the new one:"
                                        .formatted(job, CAUGHT_UP_LIMIT.toMinutes())
                                + " scripts/stop.sh live --job "
                                + job);
            }
            TimeUnit.SECONDS.sleep(1);
            level = isLevel(rest, job) ? level + 1 : 0;
        }
    }

    /** Whether a job runs, has completed a checkpoint, and has next to nothing left to read. */
    private static boolean isLevel(Rest rest, String job) {
        try {
            if (!rest.get("/jobs/" + job).path("state").asText().equals("RUNNING")
                    || rest.get("/jobs/" + job + "/checkpoints")
                                    .path("counts")
                                    .path("completed")
                                    .asLong()
                            == 0) {
                return false;
            }
            String source = rest.get("/jobs/" + job).path("vertices").path(0).path("id").asText();
            String metrics = "/jobs/" + job + "/vertices/" + source + "/subtasks/metrics";
            String pending = null;
            for (var metric : rest.get(metrics)) {
                if (metric.path("id").asText().endsWith("pendingRecords")) {
                    pending = metric.path("id").asText();
                }
            }
            return pending != null
                    && rest.get(metrics + "?get=" + pending.replace(" ", "%20"))
                                    .path(0)
                                    .path("sum")
                                    .asDouble(Double.MAX_VALUE)
                            < FEW;
        } catch (UncheckedIOException notNow) {
            return false;
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
