package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Faults of the broker, and of one that leads a single partition. */
final class KafkaFaults {

    private static final String TRADES = "trades";
    private static final int PARTITIONS = 4;
    private static final int FIRST_BROKER = 1;
    private static final int SECOND_BROKER = 2;

    /** A minute ends meanwhile. */
    private static final Duration OUTAGE = Duration.ofSeconds(65);

    /** The outage, and 20 s in which the broker starts and all find it. */
    private static final int AWAY = (int) OUTAGE.toSeconds() + 20;

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of("kafka-killed", 60, "kill -9 the broker", KafkaFaults::killed),
                    Scenario.of(
                            "kafka-away", 120, "the broker is away for 60 s", KafkaFaults::away),
                    Scenario.of(
                                    "partition-away",
                                    5,
                                    "a partition's own broker is killed and away for 65 s",
                                    KafkaFaults::partitionAway)
                            .away(AWAY)
                            .on(Setup.STORES),
                    Scenario.of(
                                    "partition-away-busy",
                                    5,
                                    "the same with kline.idle-timeout=1h: the partition is never idle",
                                    KafkaFaults::partitionAwayNeverIdle)
                            .away(AWAY)
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
        int partition = world.random.nextInt(PARTITIONS);
        ServerProcess broker = world.servers().secondBroker();
        broker.start();
        world.pauses().away(symbol -> partitionOf(symbol) == partition);
        try (PartitionLeaders partitions = new PartitionLeaders(world.kafka().address())) {
            partitions.move(TRADES, partition, SECOND_BROKER);
            world.sleep(Duration.ofSeconds(5));
            world.kill(broker);
            world.sleep(OUTAGE);
            broker.start();
            world.sleep(Duration.ofSeconds(10));
            partitions.move(TRADES, partition, FIRST_BROKER);
            broker.stop();
            partitions.forget(SECOND_BROKER);
        }
    }

    /** As Kafka's producers choose it. */
    static int partitionOf(String symbol) {
        int hash = Utils.murmur2(symbol.getBytes(StandardCharsets.UTF_8));
        return Utils.toPositive(hash) % PARTITIONS;
    }

    private static void partitionAwayNeverIdle(World world) throws Exception {
        restart(world, "--kline.idle-timeout", "1h");
        partitionAway(world);
        restart(world);
    }

    private static void restart(World world, String... settings) throws Exception {
        world.pauses()
                .leaveOut(
                        () -> {
                            String savepoint = world.jobs().stopLive();
                            List<String> args = new ArrayList<>(List.of(settings));
                            args.addAll(0, List.of("live", "--from-savepoint", savepoint));
                            world.jobs().submit(args.toArray(String[]::new));
                        });
    }
}
