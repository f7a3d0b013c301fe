package io.kline.tools.chaos;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.tools.cluster.Rest;
import io.kline.tools.rebuild.RebuildMain;
import io.kline.tools.stack.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;

/** What operators do to the jobs. */
final class JobChanges {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "old-savepoint",
                            60,
                            "a savepoint a minute old is restored over stores that are further",
                            JobChanges::oldSavepoint),
                    Scenario.of("rescale", 30, "rescaled 1, 2, 4, 1", JobChanges::rescale),
                    Scenario.of(
                            "upgrade",
                            1,
                            "upgrade.sh live, as it is, and to a parallelism of 3 and of 2",
                            JobChanges::upgrade),
                    Scenario.of(
                            "kill-under-standby",
                            1,
                            "kill -9 the TaskManagers of the first of two live jobs",
                            JobChanges::killUnderStandby),
                    Scenario.of(
                            "standby-cost",
                            1,
                            "what Redis and the topic klines have to do for a second live job",
                            StandbyCost::play),
                    Scenario.of(
                            "lateness-changed",
                            60,
                            "kline.allowed-lateness made shorter, longer and as it was, while late"
                                    + " trades come",
                            JobChanges::latenessChanged),
                    Scenario.of(
                                    "interval-changed",
                                    60,
                                    "the interval 3m is added, and removed again",
                                    JobChanges::intervalChanged)
                            .on(Setup.FEW_INTERVALS));

    private static final long THREE_MINUTES = 180_000;

    /** History that Redis has lost meanwhile comes back from MySQL, not at once. */
    private static final Duration HEALED = Duration.ofMinutes(4);

    private static final int MOST_MOVES = 3;

    private JobChanges() {}

    private static void oldSavepoint(World world) throws Exception {
        String savepoint = world.jobs().stopLive();
        world.jobs().submit("live", "--from-savepoint", savepoint);
        world.sleep(Duration.ofSeconds(60));
        world.jobs().stopLive();
        world.jobs().submit("live", "--from-savepoint", savepoint);
    }

    private static void rescale(World world) throws Exception {
        for (String parallelism : List.of("1", "2", "4", "1")) {
            String savepoint = world.jobs().stopLive();
            world.jobs()
                    .submit("live", "--from-savepoint", savepoint, "--parallelism", parallelism);
            world.awaitFresh();
        }
    }

    private static void upgrade(World world) throws Exception {
        world.jobs().script("upgrade.sh", "live");
        world.jobs().script("upgrade.sh", "live", "--parallelism", "3");
        world.jobs().script("upgrade.sh", "live", "--parallelism", "2");
    }

    /**
     * Gives the live job a standby, and returns the live job. Flink takes whatever slots are free,
     * and a standby on the live job's TaskManagers is refused: then the live job moves.
     */
    static Rest.Job submitStandby(World world) throws Exception {
        for (int moved = 0; ; moved++) {
            Rest.Job first = world.jobs().live();
            try {
                world.jobs().submit("live", "--standby");
                return first;
            } catch (IOException refused) {
                if (moved == MOST_MOVES) {
                    throw refused;
                }
            }
            // Nobody has promised anything of a move without a standby.
            world.pauses()
                    .leaveOut(
                            () ->
                                    world.jobs()
                                            .submit(
                                                    "live",
                                                    "--from-savepoint",
                                                    world.jobs().stopLive()));
        }
    }

    private static void killUnderStandby(World world) throws Exception {
        Rest.Job first = submitStandby(world);
        world.sleep(Duration.ofSeconds(10));
        List<String> others =
                new ArrayList<>(
                        world.jobs().taskManagersOf(world.jobs().named(first.name()).get(1)));
        List<ServerProcess> processes =
                world.jobs().taskManagersOf(first).stream()
                        .filter(name -> !others.contains(name))
                        .map(world::process)
                        .toList();
        if (processes.isEmpty()) {
            throw new IllegalStateException("both live jobs are on the same TaskManagers");
        }
        processes.forEach(world::kill);
        world.sleep(Duration.ofSeconds(15));
        processes.forEach(ServerProcess::start);
        world.jobs().script("stop.sh", "live", "--job", first.id());
    }

    private static void latenessChanged(World world) throws Exception {
        try (LateFeed feed = LateFeed.open(world)) {
            world.sleep(Duration.ofSeconds(10));
            for (String lateness : List.of("30s", "30min", "10min")) {
                String savepoint = world.jobs().stopLive();
                world.jobs()
                        .submit(
                                "live",
                                "--from-savepoint",
                                savepoint,
                                "--kline.allowed-lateness",
                                lateness);
                world.sleep(Duration.ofSeconds(15));
            }
            feed.sendWithheld();
        }
        world.sleep(Duration.ofSeconds(5));
        Rest.Job history = world.jobs().history();
        double disputed = world.jobs().metric(history, "correctionsDisputed");
        FeedFaults.require(disputed == 0, disputed + " corrections are disputed");
        world.note(
                "%,.0f corrections applied, none disputed",
                world.jobs().metric(history, "correctionsApplied"));
    }

    private static void intervalChanged(World world) throws Exception {
        String without = world.jobs().stopLive();
        world.jobs()
                .submit(
                        "live",
                        "--from-savepoint",
                        without,
                        "--kline.allowed-lateness",
                        Setup.SHORT_LATENESS);
        world.guests()
                .until(
                        "the first candle of 3m",
                        Duration.ofMinutes(5),
                        () -> latest3m(world).isPresent());
        // It begins with its first whole candle; what was before comes from the stored minutes, as
        // soon as it is too late for trades in them.
        world.guests().meanwhile(Duration.ofSeconds(60));
        rebuild(world);
        FeedFaults.require(
                world.verdict().check(HEALED, List.of("--intervals", "1m,3m")),
                "3m differs from its minutes");
        String with = world.jobs().stopLive();
        world.jobs()
                .submit(
                        "live",
                        "--from-savepoint",
                        with,
                        "--kline.intervals",
                        Setup.WITHOUT_3M,
                        "--kline.allowed-lateness",
                        Setup.SHORT_LATENESS);
        long last = latest3m(world).orElseThrow();
        world.sleep(
                Duration.ofMillis(
                        Math.max(0, last + THREE_MINUTES - System.currentTimeMillis()) + 20_000));
        FeedFaults.require(
                latest3m(world).orElseThrow() == last, "3m goes on although it was removed");
    }

    private static void rebuild(World world) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(world.servers().argumentsOfTools());
        Instant from = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
        args.addAll(List.of("--from", from.toString(), "--interval", "3m", "--apply"));
        args.addAll(List.of("--kline.allowed-lateness", Setup.SHORT_LATENESS));
        new RebuildMain(Map.of(), print, print).run(args.toArray(String[]::new));
        List<String> lines = report.toString(StandardCharsets.UTF_8).lines().toList();
        world.note("rebuild.sh: %s", lines.get(lines.size() - 1));
    }

    /** When the latest candle of 3m opens. */
    private static Optional<Long> latest3m(World world) {
        try (Jedis redis = world.jedis()) {
            return Optional.ofNullable(redis.get("kline:{BTCUSDT}:3m"))
                    .map(KlineJson::read)
                    .map(Candle::openTime);
        }
    }
}
