package io.kline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Inbound.Accepted;
import org.junit.jupiter.api.Test;

class PresentTest {

    private final Present present = new Present();

    @Test
    void withoutRecordsTheWallClockCounts() {
        assertThat(present.now(1_000_000, 5)).isEqualTo(1_000_000);
    }

    @Test
    void neverGoesBeyondWhatIsPlausible() {
        present.seen(1_000_000, 5);
        assertThat(present.now(999_000, 10)).isEqualTo(999_000);
        assertThat(present.now(9_000_000, 5)).isEqualTo(1_000_000);
        assertThat(present.now(9_000_000, 65)).isEqualTo(1_000_060);
    }

    /** A clock that was ahead while it came would be plausible for as long as it was ahead. */
    @Test
    void aRecordThatSaysNothingChangesNothing() {
        present.seen(Accepted.NOT_KNOWN, 5);
        assertThat(present.now(1_000_000, 5)).isEqualTo(1_000_000);
        present.seen(1_000_000, 5);
        present.seen(Accepted.NOT_KNOWN, 6);
        assertThat(present.now(9_000_000, 5)).isEqualTo(1_000_000);
    }

    @Test
    void anOldRecordChangesNothing() {
        present.seen(1_000_000, 5);
        present.seen(500_000, 6);
        assertThat(present.now(9_000_000, 5)).isEqualTo(1_000_000);
    }
}
