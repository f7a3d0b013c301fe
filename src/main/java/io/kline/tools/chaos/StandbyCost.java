package io.kline.tools.chaos;

import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.RedisInfo;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;

/** What a second live job costs: figures of a minute with one, and of a minute with two. */
final class StandbyCost {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Until the standby has caught up, and Flink shows its figures. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(30);

    private StandbyCost() {}

    /**
     * Figures of a time.
     *
     * @param sent candles that the live jobs sent to Redis
     * @param published messages of Redis
     * @param calls of the script
     * @param cpu of Redis, s
     * @param repeated messages that were published twice
     */
    private record Figures(
            double sent, double published, double calls, double cpu, double repeated) {

        static Figures now(World world) {
            double sent = 0;
            List<Rest.Job> jobs = world.jobs().named(world.jobs().live().name());
            for (Rest.Job job : jobs) {
                sent += world.jobs().metric(job, "candlesAccepted");
                sent += world.jobs().metric(job, "candlesStale");
            }
            try (Jedis redis = world.jedis()) {
                return new Figures(
                        sent,
                        RedisInfo.calls(redis, "publish"),
                        RedisInfo.calls(redis, "evalsha"),
                        RedisInfo.cpuSeconds(redis),
                        world.versions().repeated());
            }
        }

        Figures since(Figures before) {
            return new Figures(
                    sent - before.sent,
                    published - before.published,
                    calls - before.calls,
                    cpu - before.cpu,
                    repeated - before.repeated);
        }
    }

    static void play(World world) throws Exception {
        Rest.Job first;
        try (RepeatedKlines klines = new RepeatedKlines(world.kafka().address())) {
            measure(world, klines, "one live job");
            first = JobChanges.submitStandby(world);
            world.sleep(CATCHING_UP);
            measure(world, klines, "two live jobs");
        }
        world.jobs().script("stop.sh", "live", "--job", first.id());
    }

    private static void measure(World world, RepeatedKlines klines, String what) throws Exception {
        klines.next();
        Figures before = Figures.now(world);
        world.sleep(MINUTE);
        Figures took = Figures.now(world).since(before);
        RepeatedKlines.Count records = klines.next();
        world.note(
                "%s, %d s: %,.0f calls of the script, %,.0f candles as Flink shows it some seconds"
                        + " later, %,.0f messages, %,.0f of them twice, %,d records of klines, %,d of"
                        + " them twice, Redis %.2f s of CPU",
                what,
                MINUTE.toSeconds(),
                took.calls,
                took.sent,
                took.published,
                took.repeated,
                records.all(),
                records.twice(),
                took.cpu);
        FeedFaults.require(took.repeated == 0, took.repeated + " messages were published twice");
    }
}
