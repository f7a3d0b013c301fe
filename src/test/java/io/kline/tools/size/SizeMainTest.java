package io.kline.tools.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kline.model.Interval;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SizeMainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aQuestionIsAnsweredForEveryPart() {
        assertThat(run("--symbols", "2000", "--intervals", "15", "--trades-per-second", "100000"))
                .isZero();
        assertThat(out.toString())
                .contains("2,000 symbols (2,000 active) × 15 intervals = 30,000 series")
                .contains("Live job", "Redis", "MySQL", "Kafka", "Network");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--symbols", "0", "--trades-per-second", "1")).isEqualTo(2);
        assertThat(run("--symbols", "1", "--trades-per-second", "1", "--intervals", "1x"))
                .isEqualTo(2);
        assertThat(run("--symbols", "1", "--trades-per-second", "1", "--intervals", "16"))
                .isEqualTo(2);
        assertThat(run("--symbols", "1", "--trades-per-second", "1", "--active", "2")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--symbols cannot be 0", "--intervals: not an interval: '1x'")
                .contains("--intervals: a number from 1 to 15", "--active cannot be 2");
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "--measure");
    }

    /** Of trades that meet in a merge one version is written. */
    @Test
    void candlesGrowWithTradesUntilEverySymbolIsInEveryMerge() {
        assertThat(of(1_000, 1, "1m").candlesPerSecond()).isCloseTo(1, within(0.01));
        assertThat(of(1_000, 1e9, "1m").candlesPerSecond()).isCloseTo(1_000 / 0.333, within(0.1));
        assertThat(of(1_000, 1e9, "1m", "1h").candlesPerSecond())
                .isCloseTo(2_000 / 0.333, within(0.2));
    }

    @Test
    void rowsAreTheCandlesThatClose() {
        assertThat(of(10, 1, "1m", "1d", "1w").rowsPerDay())
                .isCloseTo(10 * (1_440 + 1 + 1 / 7.0), within(1e-6));
        assertThat(of(10, 1, "1M").rows()).isCloseTo(120, within(1e-6));
    }

    @Test
    void aHistoryIsNoLongerThanTheTime() {
        assertThat(of(10, 1, "1m").historyMembers()).isEqualTo(15_000);
        assertThat(of(10, 1, "1w").historyMembers()).isCloseTo(10 * 52.1775, within(0.001));
    }

    @Test
    void theWholeIsTheSumOfItsUnits() {
        Sizing sizing = new Sizing(of(1_000, 5_000, "1m", "1h"));
        Installation of = sizing.of();

        assertThat(sizing.checkpointBytes())
                .isEqualTo(
                        1_000 * UnitCost.STATE_SYMBOL.value()
                                + 2_000 * UnitCost.STATE_SERIES.value()
                                + (1_000 * 11 + 1_000 * (1 + 1 / 6.0))
                                        * UnitCost.STATE_HELD.value());
        assertThat(sizing.mysqlBytes()).isEqualTo(of.rows() * UnitCost.MYSQL_BYTES.value());
    }

    @Test
    void coresAreSecondsOfCpuASecond() {
        Installation of = of(1_200, 50_000, "1m");
        Cores cores = Cores.of(of, 4, 0, 10, 100);

        assertThat(cores.live()).isEqualTo(0.2);
        assertThat(cores.redis()).isCloseTo(of.candlesPerSecond() / 100_000, within(1e-9));
        assertThat(cores.mysql()).isEqualTo(0.002);
        assertThat(Cores.of(of, 4, 10, 10, 100).live())
                .isCloseTo(0.2 + of.candlesPerSecond() / 100_000, within(1e-9));
        assertThat(new SizeReport(new Sizing(of), cores).lines())
                .contains("Cores         live job 0.2, Redis 0.0, MySQL 0.0");
    }

    private static Installation of(int symbols, double rate, String... codes) {
        List<Interval> intervals =
                Stream.of(codes).map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
        return new Installation(
                symbols,
                symbols,
                intervals,
                rate,
                7,
                1,
                3,
                1_500,
                Duration.ofMillis(333),
                Duration.ofMinutes(10));
    }

    private int run(String... args) {
        CommandLine command = SizeMain.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(args);
    }
}
