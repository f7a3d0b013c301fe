package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import java.time.Duration;
import java.util.List;

/** Faults of the broker, and of one that leads a single partition. */
final class KafkaFaults {

    private static final String TRADES = "trades";
    private static final int FIRST_BROKER = 1;
    private static final int SECOND_BROKER = 2;

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of("kafka-killed", 60, "kill -9 the broker", KafkaFaults::killed),
                    Scenario.of(
                            "kafka-away", 120, "the broker is away for 60 s", KafkaFaults::away),
                    Scenario.of(
                                    "partition-away",
                                    5,
                                    "a partition's own broker is killed and away for 80 s",
                                    KafkaFaults::partitionAway)
                            .on(Setup.STORES),
                    Scenario.of(
                                    "partition-away-busy",
                                    5,
                                    "the same with kline.idle-timeout=1h: the partition is never idle",
                                    KafkaFaults::partitionAwayNeverIdle)
                            .on(Setup.STORES));

    private KafkaFaults() {}

    private static void killed(World world) {
        world.kill(world.kafka());
        world.start(ServerKind.KAFKA);
    }

    private static void away(World world) throws Exception {
        world.kafka().stop();
        world.sleep(Duration.ofSeconds(60));
        world.start(ServerKind.KAFKA);
    }

    /** Its trades wait at the producer, whose patience is two minutes. */
    private static void partitionAway(World world) throws Exception {
        int partition = world.random.nextInt(4);
        ServerProcess broker = world.servers().secondBroker();
        broker.start();
        try (PartitionLeaders partitions = new PartitionLeaders(world.kafka().address())) {
            partitions.move(TRADES, partition, SECOND_BROKER);
            world.sleep(Duration.ofSeconds(10));
            world.kill(broker);
            world.sleep(Duration.ofSeconds(80));
            broker.start();
            world.sleep(Duration.ofSeconds(20));
            partitions.move(TRADES, partition, FIRST_BROKER);
            broker.stop();
            partitions.forget(SECOND_BROKER);
        }
    }

    private static void partitionAwayNeverIdle(World world) throws Exception {
        restart(world, "--kline.idle-timeout", "1h");
        partitionAway(world);
        restart(world);
    }

    private static void restart(World world, String... settings) throws Exception {
        String savepoint = world.jobs().stopLive();
        List<String> args = new java.util.ArrayList<>(List.of(settings));
        args.addAll(0, List.of("live", "--from-savepoint", savepoint));
        world.jobs().submit(args.toArray(String[]::new));
        world.awaitFresh();
        world.freshness().reset();
    }
}
