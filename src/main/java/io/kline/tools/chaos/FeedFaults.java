package io.kline.tools.chaos;

import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Faults of what comes on the topics. */
final class FeedFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "poison",
                            5,
                            "records of every malformed kind among the trades for 30 s",
                            FeedFaults::poison),
                    Scenario.of(
                            "foreign-klines",
                            2,
                            "records of others on the topic klines",
                            FeedFaults::foreignKlines),
                    Scenario.of(
                            "late-trades",
                            60,
                            "trades up to 40 minutes late before, during and after two restores of"
                                    + " one savepoint, which is a minute old at the second",
                            FeedFaults::lateTrades),
                    Scenario.of(
                                    "unknown-symbols",
                                    // 1.5 million candles at once are 80 s of processors.
                                    120,
                                    "a trade of each of 100,000 unknown symbols",
                                    UnknownSymbols::play)
                            // Some trades are behind all of them on the topic.
                            .away(180)
                            .on(Setup.CROWD)
                            .settling(Duration.ofMinutes(5)));

    private FeedFaults() {}

    private static void poison(World world) throws Exception {
        PoisonRecords poison = new PoisonRecords(world.random);
        Map<String, Long> expected = new TreeMap<>();
        Rest.Job job = world.jobs().live();
        try (RawTopic trades = new RawTopic(world.kafka().address(), "trades");
                RawTopic dead = new RawTopic(world.kafka().address(), "trades.dead")) {
            trades.allowLarge();
            Map<String, Double> before = new TreeMap<>();
            poison.of(1).forEach(bad -> before.put(bad.reason(), deadLetters(world, bad.reason())));
            double lettersBefore = dead.records() - world.jobs().metric(job, "deadLettered");
            MisfitTrades misfits = new MisfitTrades(trades, System.currentTimeMillis());
            for (int round = 0; round < 60; round++) {
                long now = System.currentTimeMillis();
                poison.of(now).forEach(bad -> send(trades, bad, world, expected));
                if (round % 20 == 0) {
                    send(trades, poison.large(4 << 20), world, expected);
                    send(trades, poison.large(5 << 20), world, expected);
                }
                misfits.send(now);
                world.sleep(Duration.ofMillis(500));
            }
            trades.flush();
            Duration pause = world.pauses().longest();
            world.note("pause while it came %.1f s", pause.toMillis() / 1000.0);
            world.closeMarket();
            try {
                account(world, trades);
                expected.forEach(
                        (reason, count) -> {
                            double counted = deadLetters(world, reason) - before.get(reason);
                            require(counted == count, reason + ": " + counted + " of " + count);
                        });
                misfits.require(world);
                double letters = dead.records() - world.jobs().metric(job, "deadLettered");
                require(letters == lettersBefore, "trades.dead lacks " + (lettersBefore - letters));
            } finally {
                world.openMarket(Duration.ZERO, world.random.nextLong());
                world.awaitFresh();
            }
        }
    }

    private static void send(
            RawTopic trades, PoisonRecords.Bad bad, World world, Map<String, Long> expected) {
        String[] keys = {null, "", "BTCUSDT", "POISONUSDT", "\u0000"};
        trades.send(keys[world.random.nextInt(keys.length)], bad.value());
        expected.merge(bad.reason(), 1L, Long::sum);
    }

    private static double deadLetters(World world, String reason) {
        return world.jobs().metric(world.jobs().live(), reason + ".deadLetters");
    }

    /** I6: every record of the topic is accounted for, once. */
    private static void account(World world, RawTopic trades) throws Exception {
        long records = trades.records();
        Rest.Job job = world.jobs().live();
        Await.until(
                "all " + records + " records of the topic are counted",
                Duration.ofMinutes(2),
                () -> world.jobs().metric(job, "recordsIn") == records);
        Await.until(
                "records in = accepted + duplicates + ignored + dead letters",
                Duration.ofSeconds(20),
                () -> records == accounted(world, job));
        world.note(
                "%,d records in = %,.0f accepted + %,.0f duplicates + %,.0f ignored + %,.0f dead letters",
                records,
                world.jobs().metric(job, "accepted"),
                world.jobs().metric(job, "duplicates"),
                world.jobs().metric(job, "ignored"),
                world.jobs().metric(job, "deadLettered"));
    }

    private static double accounted(World world, Rest.Job job) {
        return world.jobs().metric(job, "accepted")
                + world.jobs().metric(job, "duplicates")
                + world.jobs().metric(job, "ignored")
                + world.jobs().metric(job, "deadLettered");
    }

    private static void foreignKlines(World world) throws Exception {
        Rest.Job history = world.jobs().history();
        double before = world.jobs().metric(history, "foreignRecords");
        long sent;
        try (RawTopic klines = new RawTopic(world.kafka().address(), "klines")) {
            for (int round = 0; round < 10; round++) {
                ForeignKlines.of(world.random).forEach(value -> klines.send("BTCUSDT", value));
                world.sleep(Duration.ofSeconds(1));
            }
            sent = klines.flush();
        }
        Await.until(
                sent + " foreign records are counted",
                Duration.ofMinutes(1),
                () -> world.jobs().metric(history, "foreignRecords") - before == sent);
        world.note("%d foreign records set aside", sent);
    }

    private static void lateTrades(World world) throws Exception {
        double late;
        try (LateFeed feed = LateFeed.open(world)) {
            world.sleep(Duration.ofSeconds(10));
            String savepoint = world.jobs().stopLive();
            world.sleep(Duration.ofSeconds(5));
            world.jobs().submit("live", "--from-savepoint", savepoint);
            world.sleep(Duration.ofSeconds(45));
            world.jobs().stopLive();
            world.jobs().submit("live", "--from-savepoint", savepoint);
            world.sleep(Duration.ofSeconds(15));
            late = world.jobs().metric(world.jobs().live(), "lateTrades");
            feed.sendWithheld();
        }
        require(late > 0, "no trade was late");
        world.note("%,.0f late trades, once per interval", late);
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
