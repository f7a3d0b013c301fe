package io.kline.tools.chaos;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenarios, in the order in which a suite plays them. */
final class Scenarios {

    static final List<Scenario> ALL =
            Stream.of(
                            ClusterFaults.ALL,
                            KafkaFaults.ALL,
                            RedisFaults.ALL,
                            MysqlFaults.ALL,
                            JobChanges.ALL,
                            NetworkFaults.ALL,
                            SentinelFaults.ALL,
                            SlotFaults.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Scenarios() {}

    static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }
}
