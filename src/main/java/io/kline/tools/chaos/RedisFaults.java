package io.kline.tools.chaos;

import io.kline.tools.stack.Directories;
import io.kline.tools.stack.ServerKind;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** Faults of Redis. */
final class RedisFaults {

    private static final long MINUTE = 60_000;

    /** Longer than a sink remembers what Redis has acknowledged. */
    private static final Duration PAST = Duration.ofSeconds(100);

    /** History comes back from MySQL, not at once. */
    private static final Duration HEALED = Duration.ofMinutes(4);

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                                    "redis-killed",
                                    30,
                                    "kill -9 Redis, which comes back with what its file has",
                                    RedisFaults::killed)
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "redis-lost-seconds",
                                    120,
                                    "kill -9 Redis after a minute has ended; its file lacks the"
                                            + " seconds before, and it comes back after 75 s",
                                    RedisFaults::lostSeconds)
                            .losing()
                            .during("interval-changed"),
                    Scenario.of(
                                    "redis-older",
                                    30,
                                    "kill -9 Redis, which comes back with its file of two minutes"
                                            + " ago, when candles were half made",
                                    RedisFaults::older)
                            .losing()
                            .on(Setup.STORES)
                            .settling(HEALED)
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "script-flush",
                                    5,
                                    "SCRIPT FLUSH, five times",
                                    world -> fiveTimes(world, Jedis::scriptFlush))
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "client-kill",
                                    5,
                                    "CLIENT KILL of all connections, five times",
                                    world ->
                                            fiveTimes(
                                                    world,
                                                    jedis ->
                                                            jedis.sendCommand(
                                                                    Command.CLIENT,
                                                                    "KILL",
                                                                    "TYPE",
                                                                    "normal")))
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "redis-full",
                                    40,
                                    "Redis has no memory left for 20 s",
                                    RedisFaults::full)
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "redis-readonly",
                                    40,
                                    "Redis is a replica of nobody that answers for 15 s: READONLY",
                                    RedisFaults::readOnly)
                            .during("mysql-away-5min"),
                    Scenario.of(
                                    "redis-flushall",
                                    5,
                                    "FLUSHALL, which no connection notices",
                                    RedisFaults::flushed)
                            .losing()
                            .on(Setup.STORES)
                            .settling(HEALED)
                            .during("interval-changed"),
                    Scenario.of(
                                    "redis-emptied",
                                    30,
                                    "kill -9 Redis, which comes back without its file",
                                    RedisFaults::emptied)
                            .losing()
                            .on(Setup.STORES)
                            .settling(HEALED)
                            .during("interval-changed"));

    private RedisFaults() {}

    private interface Blow {
        void on(Jedis jedis);
    }

    private static void killed(World world) {
        world.kill(world.redis());
        world.servers().start(ServerKind.REDIS);
    }

    /** As after a crash of its machine: what was acknowledged last did not reach the disk. */
    private static void lostSeconds(World world) throws Exception {
        goBack(world, MINUTE - 500, Duration.ofSeconds(3));
        // Longer than candles are remembered: that time must not count.
        world.sleep(Duration.ofSeconds(75));
        world.servers().start(ServerKind.REDIS);
    }

    /** By more than the jobs remember: what was open then and has closed is among what is lost. */
    private static void older(World world) throws Exception {
        goBack(world, MINUTE / 2, Duration.ofSeconds(130));
        world.servers().start(ServerKind.REDIS);
    }

    /**
     * Kills Redis, whose file is then as it was some time before.
     *
     * @param moment when that was, ms of a minute
     */
    private static void goBack(World world, long moment, Duration time) throws Exception {
        Path file = world.redis().data().resolve("appendonly.aof");
        try (Jedis jedis = world.jedis()) {
            // A file that was made anew has nothing to go back to.
            jedis.configSet("auto-aof-rewrite-percentage", "0");
        }
        world.sleep(Duration.ofMillis(Math.floorMod(moment - System.currentTimeMillis(), MINUTE)));
        long kept = Files.size(file);
        world.sleep(time);
        world.kill(world.redis());
        world.note("%,d bytes of the file of Redis were lost", Files.size(file) - kept);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
        }
    }

    /** With a past: what the jobs remember would be all there is in a young world. */
    private static void flushed(World world) throws Exception {
        world.awaitAge(PAST);
        try (Jedis jedis = world.jedis()) {
            jedis.flushAll();
        }
        world.sleep(Duration.ofSeconds(10));
    }

    private static void emptied(World world) throws Exception {
        world.awaitAge(PAST);
        world.kill(world.redis());
        Directories.delete(world.redis().data());
        world.servers().start(ServerKind.REDIS);
        world.sleep(Duration.ofSeconds(10));
    }

    private static void fiveTimes(World world, Blow blow) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Jedis jedis = world.jedis()) {
                blow.on(jedis);
            }
            world.sleep(Duration.ofSeconds(2));
        }
    }

    private static void full(World world) throws Exception {
        try (Jedis jedis = world.jedis()) {
            jedis.configSet("maxmemory", "1mb");
            world.sleep(Duration.ofSeconds(20));
            jedis.configSet("maxmemory", "0");
        }
    }

    private static void readOnly(World world) throws Exception {
        try (Jedis jedis = world.jedis()) {
            jedis.replicaof("127.0.0.1", 1);
            world.sleep(Duration.ofSeconds(15));
            jedis.replicaofNoOne();
        }
    }
}
