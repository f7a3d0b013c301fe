package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingCharactersTest {

    private static final int ALL_TICKERS = 500_000;

    private final WaitingCharacters characters = new WaitingCharacters(1_000_000, () -> 10);

    @Test
    void aClientForWhichNothingWaitsIsAdmittedThoughTheOthersHaveFilledIt() {
        characters.add(1_000_000);
        assertThat(characters.admits(ALL_TICKERS, 0)).isTrue();
        assertThat(characters.admits(ALL_TICKERS, 1)).isFalse();
        assertThat(characters.admits(90_000, 10_000)).isTrue();
        assertThat(characters.admits(90_001, 10_000)).isFalse();
    }

    @Test
    void whatIsBeyondThreeQuartersOfItShouldGo() {
        characters.add(750_000);
        assertThat(characters.excess()).isZero();
        characters.add(1);
        assertThat(characters.excess()).isEqualTo(1);
    }
}
