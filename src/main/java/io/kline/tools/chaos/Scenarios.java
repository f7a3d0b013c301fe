package io.kline.tools.chaos;

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
                            ClockFaults.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Scenarios() {}

    static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
