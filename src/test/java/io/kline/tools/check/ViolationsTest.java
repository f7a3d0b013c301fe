package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViolationsTest {

    @Test
    void theNextReadingReportsWhatIsStillWrong() {
        Violations first = new Violations(5);
        add(first, Place.candle("A", "1m", 60_000));
        add(first, Place.symbol("A"));
        Violations next = first.next();
        add(next, Place.candle("A", "1m", 120_000));
        add(next, Place.candle("A", "5m", 60_000));
        add(next, Place.series("A", "1m"));
        assertThat(next.total()).isZero();
        add(next, Place.candle("A", "1m", 60_000));
        add(next, Place.symbol("A"));
        assertThat(next.total()).isEqualTo(2);
        assertThat(next.first()).hasSize(2);
    }

    @Test
    void aHoleThatBecameSmallerIsStillOne() {
        Violations first = new Violations(5);
        add(first, new Place("A", "1m", 0L, 300_000L));
        add(first, Place.candle("A", "1m", 120_000));
        Violations next = first.next();
        add(next, new Place("A", "1m", 240_000L, 600_000L));
        assertThat(next.total()).isEqualTo(1);
        Violations third = next.next();
        add(third, Place.candle("A", "1m", 660_000));
        assertThat(third.total()).isZero();
        add(third, Place.candle("A", "1m", 300_000));
        assertThat(third.total()).isEqualTo(1);
    }

    @Test
    void tooManyPlacesToKeepApart() {
        Violations first = new Violations(1);
        for (long open = 0; open <= 10_000; open++) {
            add(first, Place.candle("A", "1m", 60_000 * open));
        }
        assertThat(first.first()).hasSize(1);
        Violations next = first.next();
        add(next, Place.candle("A", "1h", 0));
        assertThat(next.total()).isEqualTo(1);
    }

    private static void add(Violations violations, Place place) {
        violations.add(new Violation(Invariant.COMPLETE, place, "gone", null, null, null));
    }
}
