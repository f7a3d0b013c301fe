package io.kline.server.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.server.api.ApiError;
import org.junit.jupiter.api.Test;

class FileSlotsTest {

    private final FileSlots slots = new FileSlots();

    @Test
    void aClientHasFourAndLeavesTheOthersToOthers() {
        for (int i = 0; i < FileSlots.MOST_OF_A_CLIENT; i++) {
            slots.check("greedy");
            slots.take("greedy");
        }
        assertRefused("greedy", 429);
        slots.check("modest");
        slots.take("modest");
        slots.giveBack("greedy");
        slots.check("greedy");
        slots.take("greedy");
        assertRefused("greedy", 429);
    }

    @Test
    void allClientsTogetherHaveSoMany() {
        for (int i = 0; i < FileSlots.MOST; i++) {
            slots.take("client " + i);
        }
        assertRefused("another", 503);
        slots.giveBack("client 7");
        slots.take("another");
    }

    private void assertRefused(String client, int status) {
        for (Runnable wish : new Runnable[] {() -> slots.check(client), () -> slots.take(client)}) {
            assertThatThrownBy(wish::run)
                    .isInstanceOfSatisfying(
                            ApiError.class,
                            error -> {
                                assertThat(error.status()).isEqualTo(status);
                                assertThat(error.retryAfter()).isPositive();
                            });
        }
    }
}
