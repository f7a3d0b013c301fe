package io.kline.tools.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.ServerException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Faults of the folder in which checkpoints are. */
final class CheckpointFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "checkpoints-unwritable",
                            2,
                            "there is no folder for checkpoints for 20 s",
                            world -> unwritable(world, false)),
                    Scenario.of(
                            "checkpoints-gone-kill",
                            90,
                            "the same for 35 s, and a TaskManager is killed meanwhile",
                            world -> unwritable(world, true)),
                    Scenario.of(
                            "checkpoints-full",
                            2,
                            "no space is left for checkpoints for 20 s",
                            CheckpointFaults::full),
                    Scenario.of(
                            "checkpoint-corrupted",
                            150,
                            "kill -9 a TaskManager when the files of the newest checkpoint are cut",
                            CheckpointFaults::corrupted));

    /** Two checkpoints are due meanwhile. */
    private static final Duration AWAY = Duration.ofSeconds(20);

    private CheckpointFaults() {}

    private static void unwritable(World world, boolean kill) throws Exception {
        // A restore has to meet it.
        Duration away = kill ? AWAY.plusSeconds(15) : AWAY;
        Path folder = world.checkpoints();
        Path aside = folder.resolveSibling("checkpoints-aside");
        double failed = failed(world);
        Files.move(folder, aside);
        try {
            // Rights would not keep root from writing.
            Files.writeString(folder, "not a folder");
            world.sleep(AWAY.dividedBy(2));
            if (kill) {
                world.kill(ClusterFaults.aTaskManager(world));
            }
            world.sleep(away.minus(AWAY.dividedBy(2)));
            noteFailed(world, failed);
        } finally {
            Files.delete(folder);
            Files.move(aside, folder);
        }
        awaitCheckpoint(world);
    }

    private static void full(World world) throws Exception {
        Path folder = world.checkpoints();
        double failed = failed(world);
        try (SmallDisk disk = SmallDisk.over(folder, 64)) {
            disk.fill();
            world.sleep(AWAY);
            noteFailed(world, failed);
        }
        awaitCheckpoint(world);
    }

    private static void corrupted(World world) throws Exception {
        Rest.Job job = world.jobs().live();
        Path newest = newestCheckpoint(world, job);
        while (newest.equals(newestCheckpoint(world, job))) {
            world.sleep(Duration.ofMillis(300));
        }
        newest = newestCheckpoint(world, job);
        cut(newest);
        world.kill(ClusterFaults.aTaskManager(world));
        boolean restored = isFreshWithin(Duration.ofSeconds(30), world);
        int restarts =
                world.jobs()
                        .about(job, "/exceptions")
                        .path("exceptionHistory")
                        .path("entries")
                        .size();
        if (restored) {
            world.note("restored in spite of it, %d failures", restarts);
            return;
        }
        Path before = checkpointBefore(newest);
        world.note(
                "not restored after %d failures; from %s by hand", restarts, before.getFileName());
        world.jobs().cancel(job);
        world.jobs().submit("live", "--from-savepoint", before.toString());
    }

    private static boolean isFreshWithin(Duration time, World world) throws InterruptedException {
        try {
            world.awaitFresh(time);
            return true;
        } catch (ServerException notYet) {
            return false;
        }
    }

    private static Path newestCheckpoint(World world, Rest.Job job) {
        JsonNode completed =
                world.jobs().about(job, "/checkpoints").path("latest").path("completed");
        return Path.of(URI.create(completed.path("external_path").asText()).getPath());
    }

    private static void cut(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
        }
    }

    /** The newest complete checkpoint of the same job that is older than another. */
    private static Path checkpointBefore(Path checkpoint) throws IOException {
        int number = number(checkpoint);
        try (Stream<Path> all = Files.list(checkpoint.getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith("chk-"))
                    .filter(path -> number(path) < number)
                    .filter(path -> Files.exists(path.resolve("_metadata")))
                    .max((a, b) -> Integer.compare(number(a), number(b)))
                    .orElseThrow(() -> new IOException("no checkpoint before " + checkpoint));
        }
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    /** Checkpoints go on, without anybody's help. */
    private static void awaitCheckpoint(World world) {
        double before = checkpoints(world, "completed");
        Await.until(
                "a checkpoint completes",
                Duration.ofMinutes(1),
                () -> checkpoints(world, "completed") > before);
    }

    private static double checkpoints(World world, String which) {
        return world.jobs()
                .about(world.jobs().live(), "/checkpoints")
                .path("counts")
                .path(which)
                .asDouble();
    }

    /** How many checkpoints of the live job have failed. */
    static double failed(World world) {
        return checkpoints(world, "failed");
    }

    private static void noteFailed(World world, double before) {
        world.note("%.0f checkpoints of the live job failed", failed(world) - before);
    }
}
