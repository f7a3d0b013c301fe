package io.kline.tools.chaos;

import io.kline.store.KlineJson;
import io.kline.tools.stack.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** Faults of clocks, and what comes with the time. */
final class ClockFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                                    "clock-steps",
                                    5,
                                    "the clocks of two TaskManagers, one against the other, and of"
                                            + " the leading JobManager step by 10 s, and back",
                                    world -> steps(world, 10))
                            .on(Setup.OWN_CLOCKS),
                    Scenario.of(
                                    "clock-an-hour",
                                    5,
                                    "the same by an hour",
                                    world -> steps(world, 3_600))
                            .on(Setup.OWN_CLOCKS),
                    Scenario.of(
                                    "clock-a-day",
                                    5,
                                    "the same by a day",
                                    world -> steps(world, 86_400))
                            .on(Setup.OWN_CLOCKS),
                    Scenario.of(
                                    "down-30-minutes",
                                    60,
                                    "both jobs are down for 30 minutes, whose trades come at once",
                                    world -> down(world, Duration.ofMinutes(30)))
                            .on(Setup.OWN_CLOCKS)
                            .settling(Duration.ofMinutes(5)),
                    Scenario.of(
                                    "down-3-hours",
                                    60,
                                    "both jobs are down for three hours, whose trades come at once",
                                    world -> down(world, Duration.ofHours(3)))
                            .on(Setup.OWN_CLOCKS)
                            .settling(Duration.ofMinutes(5)),
                    Scenario.of(
                                    "every-boundary",
                                    2,
                                    "minute, hour, day, week and month end at once, under load",
                                    ClockFaults::everyBoundary)
                            .on(Setup.BOUNDARY),
                    Scenario.of(
                            "minute-kill",
                            15,
                            "kill -9 a TaskManager just before a minute ends",
                            ClockFaults::minuteKill));

    private static final long MINUTE = 60_000;

    private ClockFaults() {}

    private static void steps(World world, long seconds) throws Exception {
        ServerProcess first = ClusterFaults.aTaskManager(world);
        ServerProcess second = another(world, first);
        ServerProcess leader = world.leader();
        double ahead = 0;
        for (long step : new long[] {seconds, -seconds, 0}) {
            set(first.home(), ownStep() + step);
            set(second.home(), ownStep() - step);
            set(leader.home(), ownStep() + step);
            // A minute ends meanwhile, by clocks that are 10 s behind too, those of the live job
            // among them: its subtasks may be on one TaskManager. Minutes of another hour end with
            // all others. Flink's first answer may be old.
            long left = MINUTE - System.currentTimeMillis() % MINUTE;
            boolean awaitsMinute = step == seconds || step < 0 && seconds < 60;
            long looks = awaitsMinute ? 4 + left / 5_000 : 1;
            for (int look = 0; look < looks; look++) {
                world.sleep(Duration.ofSeconds(5));
                ahead =
                        Math.max(
                                ahead,
                                world.jobs().metric(world.jobs().live(), "clockAheadMillis"));
            }
            requireNothingOfTomorrow(world);
        }
        world.note("seen as ahead by up to %.1f s", ahead / 1000);
    }

    /** Another TaskManager: of the live job, if that has two. */
    private static ServerProcess another(World world, ServerProcess first) {
        return Stream.concat(
                        world.jobs().taskManagersOf(world.jobs().live()).stream(),
                        world.jobs().taskManagersOf(world.jobs().history()).stream())
                .filter(name -> !name.equals(first.name()))
                .findFirst()
                .map(world::process)
                .orElseThrow();
    }

    private static void requireNothingOfTomorrow(World world) {
        try (Jedis redis = world.jedis()) {
            for (String symbol : redis.smembers("kline:symbols")) {
                String latest = redis.get("kline:{" + symbol + "}:1m");
                long open = KlineJson.read(latest).openTime();
                FeedFaults.require(
                        open <= System.currentTimeMillis() + 10_000,
                        "a candle of the future: " + latest);
            }
        }
    }

    private static void set(Path folder, long seconds) throws IOException {
        Path next = folder.resolve(Setup.CLOCK + ".next");
        Files.writeString(next, "%+d%n".formatted(seconds));
        Files.move(
                next,
                folder.resolve(Setup.CLOCK),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** By how much the clock of this process was moved forward, s. */
    private static long ownStep() throws IOException {
        Path clock = Path.of(Setup.CLOCK);
        return Files.exists(clock) ? Long.parseLong(Files.readString(clock).strip()) : 0;
    }

    private static void down(World world, Duration time) throws Exception {
        String history = world.jobs().stop("history");
        String live = world.jobs().stop("live");
        world.closeMarket();
        world.pauses().stop();
        long step = ownStep() + time.toSeconds();
        for (ServerProcess process : world.processes()) {
            set(process.home(), step);
        }
        long before = System.currentTimeMillis();
        set(Path.of(""), step);
        while (System.currentTimeMillis() < before + time.toMillis() / 2) {
            world.sleep(Duration.ofMillis(100));
        }
        world.sleep(Duration.ofSeconds(2));
        world.openMarket(time, world.random.nextLong());
        world.pauses().resume();
        world.jobs().submit("live", "--from-savepoint", live);
        world.jobs().submit("history", "--from-savepoint", history);
        long submitted = System.nanoTime();
        world.awaitFresh();
        world.note(
                "fresh %d s after both were submitted",
                (System.nanoTime() - submitted) / 1_000_000_000);
    }

    private static void everyBoundary(World world) throws Exception {
        long moment = Setup.ALL_INTERVALS_END.toEpochMilli();
        long left = moment - System.currentTimeMillis();
        FeedFaults.require(left > 0, "the moment came before the world had started");
        world.sleep(Duration.ofMillis(left));
        try (Jedis redis = world.jedis()) {
            List<String> keys = new ArrayList<>();
            Set<String> symbols = redis.smembers("kline:symbols");
            for (String symbol : symbols) {
                for (String interval : (Setup.WITHOUT_3M + ",3m").split(",")) {
                    keys.add("kline:{" + symbol + "}:" + interval);
                }
            }
            String begin = "{\"t\":" + moment + ",";
            long deadline = moment + MINUTE;
            while (redis.mget(keys.toArray(String[]::new)).stream()
                    .anyMatch(kline -> kline == null || !kline.startsWith(begin))) {
                FeedFaults.require(
                        System.currentTimeMillis() < deadline, "not all candles have begun");
                world.sleep(Duration.ofMillis(5));
            }
            world.note(
                    "all %d candles of %d symbols in Redis %d ms after it",
                    keys.size(), symbols.size(), System.currentTimeMillis() - moment);
        }
        world.sleep(Duration.ofSeconds(15));
    }

    private static void minuteKill(World world) throws Exception {
        ServerProcess process = ClusterFaults.aTaskManager(world);
        long left = MINUTE - System.currentTimeMillis() % MINUTE - 200;
        world.sleep(Duration.ofMillis(left > 0 ? left : left + MINUTE));
        world.kill(process);
        world.awaitFresh();
        process.start();
        world.sleep(Duration.ofSeconds(10));
    }
}
