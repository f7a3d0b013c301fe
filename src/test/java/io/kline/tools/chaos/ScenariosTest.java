package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenariosTest {

    private static final String ALL = Setup.WITHOUT_3M + ",3m";

    @TempDir Path folder;

    @Test
    void namesAreUnique() {
        assertThat(Scenarios.ALL.stream().map(Scenario::name)).doesNotHaveDuplicates();
    }

    @Test
    void sizesAreLists() {
        assertThat(Scenarios.of("gate")).hasSize(2);
        assertThat(Scenarios.of("suite"))
                .hasSize(Scenarios.ALL.size() - 2)
                .isSubsetOf(Scenarios.ALL);
        assertThat(Scenarios.of("standby-cost")).hasSize(1);
        assertThat(Scenarios.of("none")).hasSize(1);
        assertThat(Scenarios.of("nonesuch")).isEmpty();
    }

    @Test
    void everyIntervalEndsAtTheBoundary() {
        long moment = Setup.ALL_INTERVALS_END.toEpochMilli();

        assertThat(ALL.split(","))
                .hasSize(15)
                .allSatisfy(
                        code ->
                                assertThat(Interval.parse(code, ZoneOffset.UTC).openOf(moment))
                                        .as(code)
                                        .isEqualTo(moment));
    }

    @Test
    void aFailureIsARowAndIsCounted() throws Exception {
        Path file = folder.resolve("chaos/outcomes.md");
        Outcomes outcomes = new Outcomes(file, System.out);
        Scenario scenario = Scenarios.ALL.get(0);
        outcomes.begin(7);

        outcomes.add(outcome(scenario, true, Duration.ofMillis(400)));
        outcomes.add(outcome(scenario, false, Duration.ofMillis(400)));
        outcomes.skip(scenario, "no reason");

        assertThat(outcomes.played()).isEqualTo(2);
        assertThat(outcomes.failed()).isEqualTo(1);
        assertThat(Files.readString(file))
                .contains("Seed 7")
                .contains("| `none` | ok | agree | 0 | 0.4 | 2 | 3 | heap 5 MB |")
                .contains("| `none` | FAILED | DIFFER |")
                .contains("| `none` | skipped | | | | | | no reason |");
    }

    private static Outcomes.Outcome outcome(Scenario scenario, boolean agrees, Duration pause) {
        return new Outcomes.Outcome(
                scenario,
                null,
                agrees,
                0,
                1_000,
                pause,
                true,
                Duration.ofSeconds(3),
                List.of("heap 5 MB"));
    }
}
