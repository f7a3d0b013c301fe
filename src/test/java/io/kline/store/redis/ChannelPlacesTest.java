package io.kline.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChannelPlacesTest {

    private final List<String> left = new ArrayList<>();
    private final ChannelPlaces<String> places =
            new ChannelPlaces<>((place, channel) -> left.add(channel + " at " + place));

    @Test
    void aChannelHasOnePlace() {
        assertThat(places.put("a", "one")).isTrue();
        assertThat(places.put("a", "two")).isFalse();
        places.leave("a");
        assertThat(left).containsExactly("a at one");
        assertThat(places.put("a", "two")).isTrue();
    }

    @Test
    void onlyWhatItsPlaceHasTakenStandsThere() {
        places.put("a", "one");
        assertThat(places.standing("a")).isNull();
        places.stand("a", "one");
        assertThat(places.standing("a")).isEqualTo("one");
        places.displace((channel, place) -> true);
        assertThat(places.standing("a")).isNull();
    }

    /** Of one that was on its way nobody has heard that it stands. */
    @Test
    void theLossOfWhatStoodIsReported() {
        places.put("a", "one");
        places.put("b", "one");
        places.put("c", "two");
        assertThat(places.stand("a", "one")).isTrue();
        assertThat(places.stand("c", "two")).isTrue();
        assertThat(places.displace((channel, place) -> place.equals("one"))).containsExactly("a");
        assertThat(left).containsExactlyInAnyOrder("a at one", "b at one");
        assertThat(places.displace((channel, place) -> place.equals("one"))).isEmpty();
    }

    @Test
    void whoeverFollowsItHearsOfTheLossBeforeItStandsAgain() {
        places.put("a", "one");
        places.stand("a", "one");
        List<String> lost = places.displace((channel, place) -> true);
        assertThat(places.put("a", "two")).isFalse();
        // An answer that was on its way.
        assertThat(places.stand("a", "one")).isFalse();
        assertThat(places.reported(lost)).isTrue();
        assertThat(places.put("a", "two")).isTrue();
        assertThat(places.reported(List.of())).isFalse();
    }

    @Test
    void whatANodeSendsAwayIsLostOnce() {
        places.put("a", "one");
        places.stand("a", "one");
        assertThat(places.remove("a", "two")).isFalse();
        assertThat(places.remove("a", "one")).isTrue();
        assertThat(places.lose("a")).containsExactly("a");
        assertThat(places.lose("a")).isEmpty();
    }

    /** A server follows a channel for each symbol, and others wait meanwhile. */
    @Test
    @Timeout(20)
    void manyAreLostAtOnce() {
        for (int i = 0; i < 200_000; i++) {
            places.put("channel" + i, "one");
            places.stand("channel" + i, "one");
        }
        List<String> lost = places.displace((channel, place) -> true);
        assertThat(lost).hasSize(200_000);
        assertThat(places.reported(lost)).isTrue();
        assertThat(places.put("channel0", "two")).isTrue();
    }

    /** Somebody may want it again at once. */
    @Test
    void whatNobodyWantsIsNotLost() {
        places.put("a", "one");
        places.stand("a", "one");
        places.leave("a");
        places.put("a", "one");
        assertThat(places.displace((channel, place) -> true)).isEmpty();
    }
}
