package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import java.time.Duration;
import java.util.List;

/** Faults of the network between the jobs and a store. */
final class NetworkFaults {

    private static final Duration WHILE = Duration.ofSeconds(30);
    private static final long SLOW = 64 << 10;

    static final List<Scenario> ALL =
            List.of(
                    delayed(ServerKind.KAFKA, 10),
                    delayed(ServerKind.REDIS, 10),
                    delayed(ServerKind.MYSQL, 2),
                    slow(ServerKind.KAFKA, 30),
                    slow(ServerKind.REDIS, 30),
                    slow(ServerKind.MYSQL, 2),
                    cut(ServerKind.KAFKA, 10),
                    cut(ServerKind.REDIS, 10),
                    cut(ServerKind.MYSQL, 2),
                    silent(ServerKind.KAFKA, 90),
                    silent(ServerKind.REDIS, 60),
                    silent(ServerKind.MYSQL, 2));

    private NetworkFaults() {}

    private static Scenario delayed(ServerKind kind, int pause) {
        return on(
                kind,
                "delayed",
                pause,
                "200 ms more to and from %s for 30 s",
                (world, network) -> {
                    network.delay(Duration.ofMillis(200));
                    world.sleep(WHILE);
                });
    }

    private static Scenario slow(ServerKind kind, int pause) {
        return on(
                kind,
                "slow",
                pause,
                "64 KB/s to and from %s for 30 s",
                (world, network) -> {
                    network.limit(SLOW);
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
                    world.sleep(WHILE);
                });
    }

    private static Scenario on(ServerKind kind, String what, int pause, String text, Fault fault) {
        return Scenario.of(
                        kind + "-" + what,
                        pause,
                        text.formatted(kind),
                        world -> {
                            Proxy network = world.servers().network(kind);
                            try {
                                fault.in(world, network);
                            } finally {
                                network.heal();
                            }
                            world.sleep(Duration.ofSeconds(10));
                        })
                .on(Setup.STORES);
    }

    private interface Fault {
        void in(World world, Proxy network) throws Exception;
    }
}
