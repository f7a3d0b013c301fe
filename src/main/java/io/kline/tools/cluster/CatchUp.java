package io.kline.tools.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a live job that was started beside another one: it has to read, and Redis has to take
 * what it writes, before the other one may end.
 */
final class CatchUp {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Records or candles that wait for less than a moment. */
    private static final long FEW = 2_000;

    private final Rest rest;
    private final String old;
    private final String job;
    private final long looks;
    private String reason;
    private double readByOld = -1;

    /**
     * @param old the job beside it, which is level
     * @param metricsAge how old a metric may be, as Flink's REST interface shows it
     */
    CatchUp(Rest rest, String old, String job, Duration metricsAge) {
        this.rest = rest;
        this.old = old;
        this.job = job;
        // Once more than metrics take to change.
        this.looks = metricsAge.toSeconds() + 3;
    }

    /**
     * Returns when the job is level.
     *
     * @throws IllegalStateException if it has failed, or did not become level in time
     */
    void await() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (int level = 0; level < looks; level = isLevel() ? level + 1 : 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s did not catch up in %d minutes (%s); both jobs go on. To give up the new one:"
                                        .formatted(job, LIMIT.toMinutes(), reason)
                                + " scripts/stop.sh live --cancel --job "
                                + job);
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private boolean isLevel() {
        try {
            String lacking = lacking();
            reason = lacking == null ? reason : lacking;
            return lacking == null;
        } catch (UncheckedIOException notNow) {
            reason = notNow.getMessage();
            return false;
        }
    }

    /** What it lacks, or null. */
    String lacking() {
        String state = rest.get("/jobs/" + job).path("state").asText();
        if (List.of("FAILED", "FAILING", "CANCELED", "CANCELLING", "FINISHED").contains(state)) {
            throw new IllegalStateException(
                    job
                            + " is "
                            + state
                            + "; the old job goes on. See its exceptions in Flink's UI");
        }
        if (!state.equals("RUNNING")) {
            return "it is " + state;
        }
        if (counts().path("completed").asLong() == 0) {
            return "it has no checkpoint";
        }
        // A writer without symbols sends nothing, and which have none is not the old job's affair.
        // In a market in which nothing was ever traded none has.
        boolean isAnyTraded = rest.sum(old, "recordsIn") > 0;
        if (isAnyTraded && rest.sum(job, "connected") < 1 || rest.sum(job, "cutOff") > 0) {
            return "it does not reach Redis: see candlesBlocked and the log of its TaskManagers";
        }
        if (rest.sum(job, "pendingCandles") >= Math.max(FEW, 2 * rest.sum(old, "pendingCandles"))) {
            return "its candles wait for Redis";
        }
        OptionalDouble pending = pendingRecords();
        if (pending.isEmpty()) {
            return isAnyRead() ? "it has not read a record yet" : null;
        }
        return pending.getAsDouble() < FEW ? null : "it has records left to read";
    }

    /** Whether the old job has read something since the last look. */
    private boolean isAnyRead() {
        double before = readByOld;
        readByOld = rest.sum(old, "recordsIn");
        return readByOld != before;
    }

    private JsonNode counts() {
        return rest.get("/jobs/" + job + "/checkpoints").path("counts");
    }

    /** Nothing until the first record was read: in a market that stands still none comes. */
    private OptionalDouble pendingRecords() {
        String source = rest.get("/jobs/" + job).path("vertices").path(0).path("id").asText();
        String metrics = "/jobs/" + job + "/vertices/" + source + "/subtasks/metrics";
        for (JsonNode metric : rest.get(metrics)) {
            String id = metric.path("id").asText();
            if (id.endsWith("pendingRecords")) {
                return OptionalDouble.of(
                        rest.get(metrics + "?get=" + id.replace(" ", "%20"))
                                .path(0)
                                .path("sum")
                                .asDouble(Double.MAX_VALUE));
            }
        }
        return OptionalDouble.empty();
    }
}
