package io.kline.candle;

import static io.kline.candle.SeenExecutions.Answer.DUPLICATE;
import static io.kline.candle.SeenExecutions.Answer.FORGOTTEN;
import static io.kline.candle.SeenExecutions.Answer.NEW;
import static io.kline.candle.SeenExecutions.Answer.OVERLAPPING;
import static io.kline.candle.SeenExecutions.Answer.REUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Seeds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenExecutionsTest {

    private static final int SEEDS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void answersAsASetDoes(long base) {
        Seeds.from(base, SEEDS).forEach(SeenExecutionsTest::idsAnswerAsASetDoes);
    }

    private static void idsAnswerAsASetDoes(long seed) {
        Random random = new Random(seed);
        // From one id again and again to hardly any twice.
        int spread = 1 + random.nextInt(1 << random.nextInt(12));
        SeenExecutions seen = new SeenExecutions();
        Set<Long> twin = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            long id = random.nextInt(spread);
            assertThat(see(seen, id))
                    .as("seed %d, id %d", seed, id)
                    .isEqualTo(twin.add(id) ? NEW : DUPLICATE);
            if (i % 100 == 0) {
                seen = seen.copy();
            }
        }
        for (int range = 1; range < seen.ranges(); range++) {
            assertThat(seen.first(range))
                    .as("seed %d", seed)
                    .isGreaterThan(seen.last(range - 1) + 1);
        }
    }

    @Test
    void idsWithoutGapsAreOneRange() {
        SeenExecutions seen = new SeenExecutions();
        for (long id = 5; id < 1_000_000; id++) {
            assertThat(see(seen, id)).isEqualTo(NEW);
        }
        assertThat(seen.ranges()).isEqualTo(1);
        assertThat(see(seen, 4)).isEqualTo(NEW);
        assertThat(see(seen, 5)).isEqualTo(DUPLICATE);
        assertThat(seen.ranges()).isEqualTo(1);
    }

    @Test
    void sparseIdsAreBoundedAndTheForgottenAreSaidToBe() {
        SeenExecutions seen = new SeenExecutions();
        long last = 0;
        for (long i = 0; i < 100_000; i++) {
            last = 7_000_000_000_000_000_000L + i * 4_194_304;
            assertThat(seen.see(last, last, i, 0)).isEqualTo(NEW);
        }
        assertThat(seen.ranges()).isLessThanOrEqualTo(SeenExecutions.FEW_RANGES);
        assertThat(see(seen, last)).isEqualTo(DUPLICATE);
        assertThat(see(seen, last - 4_194_304L * 1_000)).isEqualTo(DUPLICATE);
        assertThat(see(seen, 7_000_000_000_000_000_000L)).isEqualTo(FORGOTTEN);
        assertThat(see(seen, 3)).isEqualTo(FORGOTTEN);
        assertThat(see(seen, last - 1)).isEqualTo(NEW);
    }

    @Test
    void takesTheHighestAndTheLowestId() {
        SeenExecutions seen = new SeenExecutions();
        assertThat(see(seen, Long.MAX_VALUE)).isEqualTo(NEW);
        assertThat(see(seen, 0)).isEqualTo(NEW);
        assertThat(see(seen, Long.MAX_VALUE)).isEqualTo(DUPLICATE);
        assertThat(see(seen, Long.MAX_VALUE - 1)).isEqualTo(NEW);
        assertThat(seen.ranges()).isEqualTo(2);
    }

    /** A sequence of ids that many symbols share: what may still be corrected is remembered. */
    @Test
    void sparseIdsAreRememberedAsLongAsTheyAreYoung() {
        SeenExecutions seen = new SeenExecutions();
        for (long i = 0; i < 100_000; i++) {
            assertThat(seen.see(10 * i, 10 * i, i, 60_000)).isEqualTo(NEW);
        }
        long young = 100_000 - 60_000;
        assertThat(seen.see(10 * young + 3, 10 * young + 3, young, 60_000)).isEqualTo(NEW);
        assertThat(seen.see(10 * young, 10 * young, young, 60_000)).isEqualTo(DUPLICATE);
    }

    @Test
    void evenYoungSparseIdsAreBounded() {
        SeenExecutions seen = new SeenExecutions();
        for (long i = 0; i < SeenExecutions.MOST_RANGES + 1; i++) {
            assertThat(seen.see(10 * i, 10 * i, 0, 60_000)).isEqualTo(NEW);
        }
        assertThat(seen.ranges()).isLessThan(SeenExecutions.MOST_RANGES);
        assertThat(seen.see(3, 3, 0, 60_000)).isEqualTo(FORGOTTEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void rangesAnswerAsTheirIdsDo(long base) {
        Seeds.from(base, SEEDS).forEach(SeenExecutionsTest::anyRangesAnswerAsTheirIdsDo);
    }

    private static void anyRangesAnswerAsTheirIdsDo(long seed) {
        Random random = new Random(seed);
        SeenExecutions seen = new SeenExecutions();
        Set<Long> twin = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            long first = random.nextInt(600);
            long last = first + random.nextInt(5);
            long known = LongStream.rangeClosed(first, last).filter(twin::contains).count();
            SeenExecutions.Answer expected =
                    known == 0 ? NEW : known == last - first + 1 ? DUPLICATE : OVERLAPPING;
            assertThat(seen.see(first, last, 0, 0)).as("seed %d", seed).isEqualTo(expected);
            if (expected == NEW) {
                LongStream.rangeClosed(first, last).forEach(twin::add);
            }
        }
    }

    @Test
    void knownIdsWithANewerTimeAreNoDuplicates() {
        SeenExecutions seen = new SeenExecutions();
        assertThat(seen.see(7, 9, 1_000, 0)).isEqualTo(NEW);
        assertThat(seen.see(7, 9, 1_000, 0)).isEqualTo(DUPLICATE);
        assertThat(seen.see(8, 8, 1_001, 0)).isEqualTo(REUSED);
        assertThat(seen.see(10, 10, 1_001, 0)).isEqualTo(NEW);
        assertThat(seen.see(8, 8, 1_001, 0)).isEqualTo(DUPLICATE);
    }

    private static SeenExecutions.Answer see(SeenExecutions seen, long id) {
        return seen.see(id, id, 0, 0);
    }
}
