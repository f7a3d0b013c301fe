package io.kline.dedupe;

import static io.kline.dedupe.SeenIds.Answer.DUPLICATE;
import static io.kline.dedupe.SeenIds.Answer.FORGOTTEN;
import static io.kline.dedupe.SeenIds.Answer.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    @Property(tries = 300)
    void answersAsASetDoes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2_000) int spread) {
        Random random = new Random(seed);
        SeenIds seen = new SeenIds();
        Set<Long> twin = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            long id = random.nextInt(spread);
            assertThat(seen.see(id)).isEqualTo(twin.add(id) ? NEW : DUPLICATE);
            if (i % 100 == 0) {
                seen = seen.copy();
            }
        }
        for (int range = 1; range < seen.ranges(); range++) {
            assertThat(seen.first(range)).isGreaterThan(seen.last(range - 1) + 1);
        }
    }

    @Test
    void idsWithoutGapsAreOneRange() {
        SeenIds seen = new SeenIds();
        for (long id = 5; id < 1_000_000; id++) {
            assertThat(seen.see(id)).isEqualTo(NEW);
        }
        assertThat(seen.ranges()).isEqualTo(1);
        assertThat(seen.see(4)).isEqualTo(NEW);
        assertThat(seen.see(5)).isEqualTo(DUPLICATE);
        assertThat(seen.ranges()).isEqualTo(1);
    }

    @Test
    void sparseIdsAreBoundedAndTheForgottenAreSaidToBe() {
        SeenIds seen = new SeenIds();
        long last = 0;
        for (long i = 0; i < 100_000; i++) {
            last = 7_000_000_000_000_000_000L + i * 4_194_304;
            assertThat(seen.see(last)).isEqualTo(NEW);
        }
        assertThat(seen.ranges()).isLessThanOrEqualTo(SeenIds.MOST_RANGES);
        assertThat(seen.see(last)).isEqualTo(DUPLICATE);
        assertThat(seen.see(last - 4_194_304L * 1_000)).isEqualTo(DUPLICATE);
        assertThat(seen.see(7_000_000_000_000_000_000L)).isEqualTo(FORGOTTEN);
        assertThat(seen.see(3)).isEqualTo(FORGOTTEN);
        assertThat(seen.see(last - 1)).isEqualTo(NEW);
    }

    @Test
    void takesTheHighestAndTheLowestId() {
        SeenIds seen = new SeenIds();
        assertThat(seen.see(Long.MAX_VALUE)).isEqualTo(NEW);
        assertThat(seen.see(0)).isEqualTo(NEW);
        assertThat(seen.see(Long.MAX_VALUE)).isEqualTo(DUPLICATE);
        assertThat(seen.see(Long.MAX_VALUE - 1)).isEqualTo(NEW);
        assertThat(seen.ranges()).isEqualTo(2);
    }
}
