package io.kline.tools.chaos;

import java.util.List;
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

    /** Played by name only: the first measures, and the second is a part of mysql-away-5min. */
    private static final List<String> ALONE = List.of("standby-cost", "mysql-away");

    private Scenarios() {}

    /** The scenarios of a size, or the one of a name; none if there is no such name. */
    static List<Scenario> of(String name) {
        return switch (name) {
            case "suite" -> ALL.stream().filter(one -> !ALONE.contains(one.name())).toList();
            case "gate" -> ALL.stream().filter(one -> GATE.contains(one.name())).toList();
            default -> ALL.stream().filter(one -> one.name().equals(name)).toList();
        };
    }
}
