package io.kline.tools.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.tools.cluster.Rest;
import java.util.Collections;
import java.util.List;

/** Size and duration of the live job's checkpoints under load. */
final class CheckpointBenchmark {

    private static final String CHECKPOINT = "checkpoint";
    private static final int RATE = 20_000;
    private static final long SECONDS = 60;

    void run(BenchOptions options, Figures figures) throws Exception {
        FeedPace pace = FeedPace.none().then(options.scaled(RATE), SECONDS);
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(CHECKPOINT, () -> readings(servers, options.seed(), pace))
                    .play(1, figures);
        }
    }

    private static List<Reading> readings(BenchServers servers, long seed, FeedPace pace)
            throws Exception {
        try (LiveStack stack = LiveStack.start(servers);
                Feed.Sending sending = stack.send(new Feed(Shape.WIDE, seed, pace), 0)) {
            sending.await();
            Rest rest = stack.live().rest();
            JsonNode checkpoints = rest.get("/jobs/" + rest.jobs().get(0).id() + "/checkpoints");
            stack.requireRightCandles();
            JsonNode summary = checkpoints.path("summary");
            JsonNode counts = checkpoints.path("counts");
            List<String> known = checkpoints.path("history").findValuesAsText("status");
            if (counts.path("completed").asInt() > Collections.frequency(known, "COMPLETED")) {
                throw new WrongResultException(
                        "Flink has forgotten checkpoints of a run of " + SECONDS + " s");
            }
            int failed = Collections.frequency(known, "FAILED");
            JsonNode duration = summary.path("end_to_end_duration");
            return List.of(
                    new Reading(
                            "largest size",
                            "MB",
                            summary.path("state_size").path("max").asLong() / 1e6),
                    new Reading("duration, p50", "ms", duration.path("p50").asDouble()),
                    new Reading("longest duration", "ms", duration.path("max").asDouble()),
                    new Reading("completed", "", counts.path("completed").asInt()),
                    new Reading("failed", "", failed),
                    // Flink counts as failed what was due before all tasks ran, and did not begin.
                    new Reading("not begun", "", counts.path("failed").asInt() - failed));
        }
    }
}
