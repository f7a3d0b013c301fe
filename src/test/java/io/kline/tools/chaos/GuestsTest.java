package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.tools.stack.ServerException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuestsTest {

    private final Guests guests = new Guests();
    private int played;

    @Test
    void theyArePlayedOneAfterTheOtherUntilThereAreNoMore() throws Exception {
        guests.invite(() -> ++played < 4);

        guests.meanwhile(Duration.ofMillis(1_500));

        assertThat(played).isEqualTo(4);
    }

    @Test
    void noneBeginsWhenTheTimeIsOver() throws Exception {
        guests.invite(
                () -> {
                    played++;
                    Thread.sleep(30);
                    return true;
                });

        guests.meanwhile(Duration.ofMillis(10));

        assertThat(played).isEqualTo(1);
    }

    @Test
    void noneBeginsWhenItHasHappened() throws Exception {
        guests.invite(() -> ++played < 100);

        guests.until("it", Duration.ZERO, () -> played == 2);

        assertThat(played).isEqualTo(2);
    }

    @Test
    void whatDoesNotHappenIsNamed() {
        guests.invite(() -> ++played < 2);

        assertThatThrownBy(() -> guests.until("it", Duration.ofMillis(1), () -> false))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("it did not happen");
        assertThat(played).isEqualTo(2);
    }

    @Test
    void thoseOfAHostComeBackAfterItsGuests() throws Exception {
        Guests.Player own = () -> false;
        guests.invite(own);

        Guests.Player before = guests.invite(() -> true);

        assertThat(before).isSameAs(own);
    }
}
