package io.kline.tools.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenarios, in the order in which a suite plays them. */
final class Scenarios {

    static final List<Scenario> ALL =
            Stream.of(
                            ClusterFaults.ALL,
                            CheckpointFaults.ALL,
                            KafkaFaults.ALL,
                            RedisFaults.ALL,
                            MysqlFaults.ALL,
                            FeedFaults.ALL,
                            JobChanges.ALL,
                            NetworkFaults.ALL,
                            SentinelFaults.ALL,
                            SlotFaults.ALL,
                            ClockFaults.ALL)
                    .flatMap(List::stream)
                    .toList();

    /** The faults that every cluster meets. */
    private static final List<String> GATE = List.of("kill-taskmanager", "kill-jobmanager");

    /**
     * Played by name only. The first measures. Of the others, one is how mysql-away-5min begins,
     * one is mysql-disk-full for those who are not root, and one is a part of late-trades.
     */
    private static final List<String> ALONE =
            List.of("standby-cost", "mysql-away", "mysql-full", "old-savepoint");

    private Scenarios() {}

    /** The scenarios of a size, or the one of a name; none if there is no such name. */
    static List<Scenario> of(String name) {
        return switch (name) {
            case "suite" -> ALL.stream().filter(one -> !ALONE.contains(one.name())).toList();
            case "gate" -> ALL.stream().filter(one -> GATE.contains(one.name())).toList();
            default -> ALL.stream().filter(one -> one.name().equals(name)).toList();
        };
    }

    /**
     * Those of a list that are played in a setup: its own, and what these host. They keep their
     * order, but whoever hosts others is played before them.
     */
    static List<Scenario> on(Setup setup, List<Scenario> scenarios) {
        return scenarios.stream()
                .filter(one -> outermost(one, scenarios).setup() == setup)
                .sorted(Comparator.comparingInt(one -> depth(one, scenarios)))
                .toList();
    }

    private static Scenario outermost(Scenario scenario, List<Scenario> scenarios) {
        return host(scenario, scenarios).map(host -> outermost(host, scenarios)).orElse(scenario);
    }

    private static int depth(Scenario scenario, List<Scenario> scenarios) {
        return host(scenario, scenarios).map(host -> depth(host, scenarios) + 1).orElse(0);
    }

    private static Optional<Scenario> host(Scenario scenario, List<Scenario> scenarios) {
        return scenarios.stream().filter(scenario::isHostedBy).findFirst();
    }
}
