package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CountedTradesTest {

    private final CountedTrades counted = new CountedTrades();

    @Test
    void anExecutionCountsOnce() {
        take(5, 5, 100);
        take(6, 7, 110);
        take(5, 5, 100);
        take(6, 6, 90);
        take(5, 7, 110);
        assertThat(counted.trades().sure()).hasSize(2);
        assertThat(counted.trades().setAside().text()).isEqualTo("3 (3 duplicate)");
    }

    @Test
    void onlySomeOfItsExecutions() {
        take(5, 6, 100);
        take(9, 9, 100);
        take(6, 7, 100);
        take(4, 5, 100);
        take(5, 9, 300);
        take(7, 8, 100);
        assertThat(counted.trades().sure()).hasSize(3);
        assertThat(counted.trades().setAside().text()).isEqualTo("3 (3 overlapping-executions)");
    }

    @Test
    void aKnownIdAboveAllTimesIsReused() {
        take(5, 5, 100);
        take(6, 6, 90);
        take(6, 6, 100);
        take(6, 6, 101);
        take(7, 7, 200);
        take(5, 5, 101);
        assertThat(counted.trades().sure()).hasSize(3);
        assertThat(counted.trades().setAside().text()).isEqualTo("3 (2 duplicate, 1 id-reused)");
    }

    @Test
    void sureOnesAreInTheirOrderAndNewerOnesAsTheyCame() {
        take(6, 6, 200);
        take(5, 5, 100);
        counted.take(trade(8, 8, 400), false);
        counted.take(trade(7, 7, 300), false);
        counted.take(trade(7, 7, 300), false);
        SymbolTrades trades = counted.trades();
        assertThat(trades.sure()).extracting(Trade::id).containsExactly(5L, 6L);
        assertThat(trades.newer()).extracting(Trade::id).containsExactly(8L, 7L);
        assertThat(trades.setAside().total()).isZero();
    }

    private void take(long first, long last, long time) {
        counted.take(trade(first, last, time), true);
    }

    private static Trade trade(long first, long last, long time) {
        return new Trade("A", first, last, BigDecimal.ONE, BigDecimal.ONE, time, true);
    }
}
