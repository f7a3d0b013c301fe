package io.kline.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void oneLineForAViolation() {
        assertThat(new Violation(Invariant.EXACT, "A", "1m", 60_000L, "v", "3", "3", "2").line())
                .isEqualTo("I2 A 1m 60000 1970-01-01T00:01:00Z  v: expected 3, Redis 3, MySQL 2");
        assertThat(violation(Invariant.COMPLETE).line()).isEqualTo("I1 A  gone");
    }

    @Test
    void rightStores() {
        assertThat(print(new Findings(5), null))
                .containsExactly(
                        "1,000 symbols × 15 intervals; 12,345 candles in MySQL, 678 klines in Redis;"
                                + " no trades given",
                        "violations: I1 0, I2 not checked, I3 0, I5 0",
                        "all agree");
    }

    @Test
    void violationsBeyondTheLimitAreCounted() {
        Findings ofOne = new Findings(2);
        ofOne.add(violation(Invariant.CARRIED));
        ofOne.add(violation(Invariant.CARRIED));
        ofOne.add(violation(Invariant.COMPLETE));
        Findings all = new Findings(3);
        all.addAll(ofOne);
        all.addAll(ofOne);
        assertThat(print(all, 10L))
                .containsExactly(
                        "I3 A  gone",
                        "I3 A  gone",
                        "I3 A  gone",
                        "… and 3 more (--max-print)",
                        "1,000 symbols × 15 intervals; 12,345 candles in MySQL, 678 klines in Redis;"
                                + " 7 distinct trades of 10 records, 2 left out",
                        "violations: I1 2, I2 0, I3 4, I5 0",
                        "NOT all agree");
    }

    private static Violation violation(Invariant invariant) {
        return new Violation(invariant, "A", null, null, "gone", null, null, null);
    }

    private static List<String> print(Findings findings, Long records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Report(out).print(new Summary(1000, 15, 12_345, 678, records, 2, 7, findings));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
