package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import java.time.Duration;
import java.util.List;

/** Faults of the broker. */
final class KafkaFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of("kafka-killed", 60, "kill -9 the broker", KafkaFaults::killed),
                    Scenario.of(
                            "kafka-away", 120, "the broker is away for 60 s", KafkaFaults::away));

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
}
