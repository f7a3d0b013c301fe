package io.kline.tools.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
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
                .hasSize(Scenarios.ALL.size() - 4)
                .isSubsetOf(Scenarios.ALL);
        assertThat(Scenarios.of("standby-cost")).hasSize(1);
        assertThat(Scenarios.of("none")).hasSize(1);
        assertThat(Scenarios.of("nonesuch")).isEmpty();
        assertThat(ChaosMain.run("nonesuch")).isEqualTo(2);
        assertThat(ChaosMain.run("soak", "--minutes", "0")).isEqualTo(2);
    }

    @Test
    void whoIsHostedIsPlayedInTheWorldOfTheHostAndBehindIt() {
        List<Scenario> suite = Scenarios.of("suite");

        List<String> stores = names(Scenarios.on(Setup.STORES, suite));
        List<String> intervals = names(Scenarios.on(Setup.FEW_INTERVALS, suite));
        int all = 0;
        for (Setup setup : Setup.values()) {
            all += Scenarios.on(setup, suite).size();
        }

        assertThat(all).isEqualTo(suite.size());
        assertThat(stores)
                .containsSubsequence("partition-away", "mysql-away-5min", "redis-slow")
                .containsSubsequence("partition-away", "mysql-slow", "redis-slow");
        assertThat(intervals).containsSubsequence("interval-changed", "redis-emptied");
    }

    @Test
    void whoIsPlayedWithoutItsHostHasItsOwnWorld() {
        List<Scenario> some =
                List.of(Scenarios.of("redis-killed").get(0), Scenarios.of("redis-slow").get(0));

        assertThat(names(Scenarios.on(Setup.PLAIN, some))).containsExactly("redis-killed");
        assertThat(names(Scenarios.on(Setup.STORES, some))).containsExactly("redis-slow");
    }

    @Test
    void everyHostIsAScenario() {
        assertThat(Scenarios.ALL)
                .flatExtracting(scenario -> scenario.host().stream().toList())
                .isNotEmpty()
                .allSatisfy(host -> assertThat(Scenarios.of(host)).hasSize(1));
    }

    private static List<String> names(List<Scenario> scenarios) {
        return scenarios.stream().map(Scenario::name).toList();
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
        Outcomes outcomes = new Outcomes(file, System.out, true);
        Scenario scenario = Scenarios.ALL.get(0);
        outcomes.begin(7);

        outcomes.add(outcome(scenario, true, 400, 1_500, true));
        outcomes.add(outcome(scenario, false, 400, 1_500, true));
        outcomes.skip(scenario, "no reason");

        assertThat(outcomes.played()).isEqualTo(2);
        assertThat(outcomes.failed()).isEqualTo(1);
        assertThat(Files.readString(file))
                .contains("Seed 7")
                .contains("| `none` | ok | agree | 0 | 0.4 | 2 | AUSDT 1.5 | 2 | 3 | heap 5 MB |")
                .contains("| `none` | FAILED | DIFFER |")
                .contains("| `none` | skipped | | | | | | | | no reason |");
    }

    @Test
    void aPauseIsTooLongOfAllAndOfOneSymbol() {
        Scenario scenario = Scenarios.of("kill-taskmanager").get(0);

        assertThat(outcome(scenario, true, 15_000, 15_000, true).isGood()).isTrue();
        assertThat(outcome(scenario, true, 15_001, 400, true).isGood()).isFalse();
        assertThat(outcome(scenario, true, 400, 15_001, true).isGood()).isFalse();
        assertThat(outcome(scenario, true, 15_001, 15_001, false).isGood()).isTrue();
    }

    @Test
    void symbolsOfWhatIsAwayHaveALimitOfTheirOwn() {
        assertThat(Scenarios.ALL)
                .filteredOn(one -> !one.away().equals(one.pause()))
                .extracting(Scenario::name)
                .containsExactly(
                        "partition-away",
                        "partition-away-busy",
                        "unknown-symbols",
                        "cluster-failover");
        for (int i = 0; i < 20; i++) {
            String symbol = "币安人生" + i;
            assertThat(KafkaFaults.partitionOf(symbol))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(symbol.getBytes(UTF_8), 4));
        }
    }

    @Test
    void whatRestsMayWaitForATickWhereRedisLosesWhatItHad() {
        assertThat(Scenarios.ALL)
                .filteredOn(one -> !one.loss().equals(one.pause()))
                .allSatisfy(one -> assertThat(one.loss()).hasSeconds(65))
                .extracting(Scenario::name)
                .containsExactly(
                        "redis-lost-seconds",
                        "redis-older",
                        "redis-flushall",
                        "redis-emptied",
                        "sentinel-failover",
                        "sentinel-lost-writes",
                        "cluster-failover");
    }

    private static Outcomes.Outcome outcome(
            Scenario scenario, boolean agrees, long pause, long wait, boolean judged) {
        return new Outcomes.Outcome(
                scenario,
                null,
                agrees,
                0,
                1_000,
                Duration.ofMillis(pause),
                new Pauses.Wait("AUSDT", Duration.ofMillis(wait), scenario.pause()),
                judged,
                Duration.ofSeconds(3),
                List.of("heap 5 MB"));
    }
}
