package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void oneLineForAViolation() {
        assertThat(
                        new Violation(
                                        Invariant.EXACT,
                                        Place.candle("A", "1m", 60_000),
                                        "v",
                                        "3",
                                        "3",
                                        "2")
                                .line())
                .isEqualTo("I2 A 1m 60000 1970-01-01T00:01:00Z  v: expected 3, Redis 3, MySQL 2");
        assertThat(violation(Invariant.COMPLETE).line()).isEqualTo("I1 A  gone");
    }

    @Test
    void rightStores() {
        assertThat(print(new Violations(5), null))
                .containsExactly(
                        "1,000 symbols × 15 intervals; 12,345 candles in MySQL, 678 klines in Redis;"
                                + " no trades given",
                        "violations: I1 0, I2 not checked, I3 0, I5 0",
                        "all agree");
    }

    @Test
    void violationsBeyondTheLimitAreCounted() {
        Violations ofOne = new Violations(2);
        ofOne.add(violation(Invariant.CARRIED));
        ofOne.add(violation(Invariant.CARRIED));
        ofOne.add(violation(Invariant.COMPLETE));
        Violations all = new Violations(3);
        all.addAll(ofOne);
        all.addAll(ofOne);
        assertThat(print(all, 10L))
                .containsExactly(
                        "I3 A  gone",
                        "I3 A  gone",
                        "I3 A  gone",
                        "… and 3 more (--max-print)",
                        "1,000 symbols × 15 intervals; 12,345 candles in MySQL, 678 klines in Redis;"
                                + " 7 distinct trades of 10 records",
                        "set aside: 0",
                        "violations: I1 2, I2 0, I3 4, I5 0",
                        "NOT all agree");
    }

    @Test
    void whatWasSetAsideOfTheWorstSymbols() {
        Map<String, Tally> setAside = new HashMap<>();
        for (String symbol : List.of("A", "B", "C", "D", "E")) {
            setAside.put(symbol, tally(SetAside.ZERO));
        }
        setAside.put("F", tally(SetAside.DUPLICATE, SetAside.ID_REUSED, SetAside.DUPLICATE));
        setAside.put("G", tally());
        setAside.put("", tally(SetAside.NOT_JSON, SetAside.BAD_SYMBOL));
        String total = "set aside: 10 (2 duplicate, 1 id-reused, 5 zero, 1 not-json, 1 bad-symbol)";
        assertThat(print(new Violations(1), 17L, setAside, false))
                .containsSequence(
                        total,
                        "  F: 3 (2 duplicate, 1 id-reused)",
                        "  (no symbol): 2 (1 not-json, 1 bad-symbol)",
                        "  A: 1 (1 zero)",
                        "  B: 1 (1 zero)",
                        "  C: 1 (1 zero)",
                        "  … and 2 more symbols (--counts)",
                        "violations: I1 0, I2 0, I3 0, I5 0");
        assertThat(print(new Violations(1), 17L, setAside, true))
                .contains("  D: 1 (1 zero)", "  E: 1 (1 zero)")
                .noneMatch(line -> line.contains("  G: ") || line.contains("--counts"));
    }

    private static Violation violation(Invariant invariant) {
        return new Violation(invariant, Place.symbol("A"), "gone", null, null, null);
    }

    private static Tally tally(SetAside... reasons) {
        Tally tally = new Tally();
        Arrays.stream(reasons).forEach(tally::add);
        return tally;
    }

    private static List<String> print(Violations violations, Long records) {
        return print(violations, records, Map.of(), false);
    }

    private static List<String> print(
            Violations violations, Long records, Map<String, Tally> setAside, boolean allCounts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Report(out, allCounts, 50)
                .print(
                        new Summary(
                                1000,
                                15,
                                12_345,
                                678,
                                records,
                                7,
                                setAside,
                                List.of(),
                                violations));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
