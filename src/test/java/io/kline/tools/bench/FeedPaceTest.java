package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FeedPaceTest {

    private final FeedPace pace = FeedPace.none().then(10, 2).then(1_000, 1);

    @Test
    void recordsAreDueByTheRateOfTheirStretch() {
        assertThat(pace.records()).isEqualTo(1_020);
        assertThat(pace.millis()).isEqualTo(3_000);
        assertThat(pace.due(0)).isZero();
        assertThat(pace.due(19)).isEqualTo(1_900);
        assertThat(pace.due(20)).isEqualTo(2_000);
        assertThat(pace.due(1_019)).isEqualTo(2_999);
        assertThatThrownBy(() -> pace.due(1_020)).hasMessageContaining("1020");
    }

    @Test
    void isReadBackFromItsText() {
        assertThat(FeedPace.parse(pace.text())).isEqualTo(pace);
    }
}
