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
    private static final String KLINES = "klines";
    private static final int PARTITIONS = 4;
    private static final int FIRST_BROKER = 1;
    private static final int SECOND_BROKER = 2;

    /** As long as trades may be late by default: what comes after it is a correction. */
    private static final int OUTAGE = 600;

    /** A minute ends meanwhile. */
    private static final int SHORT_OUTAGE = 65;

    /**
     * Longer than a checkpoint may take, and than a producer's own timeout, from the end of a
     * minute on: before it there may be nothing to send.
     */
    private static final Duration NO_CHECKPOINT = Duration.ofSeconds(220);

    /** In these the broker starts, all find it, and what waited at the producer comes, s. */
    private static final int RETURN = 30;

    /** A pause may come after it, s. */
    private static final int REST = 10;

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of("kafka-killed", 60, "kill -9 the broker", KafkaFaults::killed),
                    Scenario.of(
                            "kafka-away", 120, "the broker is away for 60 s", KafkaFaults::away),
                    Scenario.of(
                                    "partition-away",
                                    5,
                                    "a partition's own broker is killed and away for 10 minutes",
                                    world -> partitionAway(world, OUTAGE))
                            .away(OUTAGE + RETURN)
                            .on(Setup.STORES)
                            .settling(Duration.ofMinutes(3))
                            .comparingLater(),
                    Scenario.of(
                                    "partition-away-busy",
                                    5,
                                    "the same for 65 s with kline.idle-timeout=1h: the partition is"
                                            + " never idle",
                                    KafkaFaults::partitionAwayNeverIdle)
                            .away(SHORT_OUTAGE + RETURN)
                            .on(Setup.STORES),
                    Scenario.of(
                                    "klines-away",
                                    2,
                                    "the broker of a partition of klines is killed and away for"
                                            + " 220 s",
                                    KafkaFaults::klinesAway)
                            .settling(Duration.ofMinutes(3))
                            // Any small world would do: this one stands beside another.
                            .on(Setup.FEW_INTERVALS));

    private KafkaFaults() {}

    private static void killed(World world) {
        world.kill(world.kafka());
        world.servers().start(ServerKind.KAFKA);
    }

    private static void away(World world) throws Exception {
        world.kafka().stop();
        world.sleep(Duration.ofSeconds(60));
        world.servers().start(ServerKind.KAFKA);
    }

    /**
     * Its trades wait at the producer.
     *
     * @param seconds how long it is away, or a little longer, until its guests have gone
     */
    private static void partitionAway(World world, int seconds) throws Exception {
        int partition = world.random.nextInt(PARTITIONS);
        ServerProcess broker = world.servers().secondBroker();
        broker.start();
        world.pauses().away(symbol -> partitionOf(symbol) == partition);
        try (PartitionLeaders partitions = new PartitionLeaders(world.kafka().address())) {
            partitions.move(TRADES, partition, SECOND_BROKER);
            world.sleep(Duration.ofSeconds(5));
            world.kill(broker);
            world.pauses().awaitAway(false);
            try {
                // Alone at first: its guests would hide what it does to the other partitions.
                world.sleep(Duration.ofSeconds(SHORT_OUTAGE));
                world.guests().meanwhile(Duration.ofSeconds(seconds - SHORT_OUTAGE));
            } finally {
                broker.start();
                world.pauses().awaitAway(true);
            }
            world.awaitFresh(Duration.ofSeconds(RETURN));
            world.sleep(Duration.ofSeconds(REST));
            bringBack(partitions, TRADES, partition, broker);
        }
    }

    private static void klinesAway(World world) throws Exception {
        int partition = world.random.nextInt(PARTITIONS);
        ServerProcess broker = world.servers().secondBroker();
        broker.start();
        double failed = CheckpointFaults.failed(world);
        try (PartitionLeaders partitions = new PartitionLeaders(world.kafka().address())) {
            partitions.move(KLINES, partition, SECOND_BROKER);
            world.sleep(Duration.ofSeconds(5));
            world.kill(broker);
            try {
                world.sleep(NO_CHECKPOINT);
                FeedFaults.require(
                        CheckpointFaults.failed(world) > failed,
                        "the live job has not waited for the partition");
            } finally {
                broker.start();
                world.sleep(Duration.ofSeconds(RETURN));
                bringBack(partitions, KLINES, partition, broker);
            }
        }
    }

    /** Moves the partition back, and takes its own broker away for good. */
    private static void bringBack(
            PartitionLeaders partitions, String topic, int partition, ServerProcess broker)
            throws Exception {
        partitions.move(topic, partition, FIRST_BROKER);
        broker.stop();
        partitions.forget(SECOND_BROKER);
    }

    /** As Kafka's producers choose it. */
    static int partitionOf(String symbol) {
        int hash = Utils.murmur2(symbol.getBytes(StandardCharsets.UTF_8));
        return Utils.toPositive(hash) % PARTITIONS;
    }

    private static void partitionAwayNeverIdle(World world) throws Exception {
        restart(world, "--kline.idle-timeout", "1h");
        partitionAway(world, SHORT_OUTAGE);
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
