package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import java.time.Duration;
import java.util.List;

/** Faults of the network between the jobs and a store. */
final class NetworkFaults {

    private static final Duration WHILE = Duration.ofSeconds(20);

    /** As long as the longest timeout of a client. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A pause may come after the fault. */
    private static final Duration REST = Duration.ofSeconds(3);

    private static final long SLOW = 64 << 10;
    private static final Duration DELAY = Duration.ofMillis(200);

    static final List<Scenario> ALL =
            List.of(
                    slow(ServerKind.KAFKA, 30),
                    slow(ServerKind.REDIS, 30),
                    slow(ServerKind.MYSQL, 2),
                    cut(ServerKind.KAFKA, 10),
                    cut(ServerKind.REDIS, 10),
                    cut(ServerKind.MYSQL, 2),
                    silent(ServerKind.KAFKA, 90),
                    silent(ServerKind.REDIS, 60),
                    silent(ServerKind.MYSQL, 2),
                    lossy());

    /** Of what is sent in either direction, in pieces of 8 KB at most. */
    private static final double LOST = 0.05;

    /** In so many losses a connection ends. */
    private static final int ENDS_IN = 50;

    private NetworkFaults() {}

    private static Scenario slow(ServerKind kind, int pause) {
        return on(
                kind,
                "slow",
                pause,
                "64 KB/s and 200 ms more to and from %s for 20 s",
                (world, network) -> {
                    network.limit(SLOW);
                    network.delay(DELAY);
                    world.sleep(WHILE);
                });
    }

    private static Scenario cut(ServerKind kind, int pause) {
        return on(
                kind,
                "cut",
                pause,
                "all connections to %s end ten times, every 1 to 5 s",
                (world, network) -> {
                    for (int i = 0; i < 10; i++) {
                        network.cut();
                        world.sleep(Duration.ofMillis(1_000 + world.random.nextInt(4_000)));
                    }
                });
    }

    private static Scenario silent(ServerKind kind, int pause) {
        return on(
                kind,
                "silent",
                pause,
                "the network to %s swallows everything for 30 s, then all of the connections"
                        + " that it had",
                (world, network) -> {
                    network.silence();
                    world.sleep(SILENCE);
                    network.heal();
                    // Those who wait on a silent connection notice it later.
                    world.sleep(Duration.ofSeconds(7));
                });
    }

    /** All at once: a network that loses packets is seldom that of one server. */
    private static Scenario lossy() {
        return Scenario.of(
                        "network-lossy",
                        10,
                        "one packet in 20 to and from Kafka, Redis and MySQL is lost for 45 s",
                        world -> {
                            try {
                                for (ServerKind kind : ServerKind.values()) {
                                    network(world, kind)
                                            .lose(LOST, ENDS_IN, world.random.nextLong());
                                }
                                world.sleep(Duration.ofSeconds(45));
                            } finally {
                                for (ServerKind kind : ServerKind.values()) {
                                    network(world, kind).heal();
                                }
                            }
                            world.sleep(REST);
                        })
                .on(Setup.STORES);
    }

    private static Proxy network(World world, ServerKind kind) {
        return world.servers().network(kind);
    }

    private static Scenario on(ServerKind kind, String what, int pause, String text, Fault fault) {
        return Scenario.of(
                        kind + "-" + what,
                        pause,
                        text.formatted(kind),
                        world -> {
                            Proxy network = network(world, kind);
                            try {
                                fault.in(world, network);
                            } finally {
                                network.heal();
                            }
                            world.sleep(REST);
                        })
                .during(host(kind))
                .on(Setup.STORES);
    }

    /** One that leaves alone what the fault breaks: the history job reads Kafka, for MySQL. */
    private static String host(ServerKind kind) {
        return kind == ServerKind.REDIS ? "mysql-away-5min" : "partition-away";
    }

    private interface Fault {
        void in(World world, Proxy network) throws Exception;
    }
}
