package io.kline.store.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldHistoryTest {

    private static final Interval MINUTES = Interval.parse("1m", ZoneOffset.UTC);
    private static final Interval MONTHS = Interval.parse("1M", ZoneOffset.UTC);

    /** Where candles are missing the ones before them may be old. */
    @Test
    void someBeforeEachStretchComeWithIt() {
        List<Long> all = minutes(1, 2, 3, 4, 5, 6, 7, 8, 9);
        List<Long> held = minutes(1, 2, 3, 6, 7, 9);

        assertThat(held(10, held.size(), 1).missing(all, held, 100, 1))
                .isEqualTo(minutes(9, 8, 7, 5, 4, 3));
        assertThat(held(10, all.size(), 1).missing(all, all, 100, 2)).isEqualTo(minutes(9, 8));
        assertThat(held(10, held.size(), 1).missing(all, held, 5, 2))
                .isEqualTo(minutes(9, 8, 7, 6, 5));
    }

    @Test
    void aRowOfCandlesUpToTheLatestIsContinuous() {
        assertThat(held(10, 3, 7).isContinuous()).isTrue();
        assertThat(held(10, 0, 0).isContinuous()).isTrue();
        assertThat(held(10, 2, 7).isContinuous()).as("a hole").isFalse();
        assertThat(held(10, 4, 7).isContinuous()).as("one too many").isFalse();
        assertThat(held(10, 1, 11).isContinuous()).as("above the latest").isFalse();
    }

    @Test
    void monthsAreAsLongAsTheyAre() {
        long april = Instant.parse("2026-04-01T00:00:00Z").toEpochMilli();
        long january = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

        assertThat(new HeldHistory(MONTHS, april, 3, january).isContinuous()).isTrue();
        assertThat(new HeldHistory(MONTHS, april, 2, january).isContinuous()).isFalse();
    }

    @Test
    void whatEndsAtItsFullSizeIsNotShort() {
        assertThat(held(10, 2, 8).isShort(3)).isTrue();
        assertThat(held(10, 3, 7).isShort(3)).isFalse();
        assertThat(held(10, 5, 5).isShort(3)).as("the size was larger once").isFalse();
        assertThat(held(10, 0, 0).oldest()).isEqualTo(minutes(10).get(0));
        assertThat(held(10, 2, 8).oldest()).isEqualTo(minutes(8).get(0));
    }

    @Test
    void missingIsWhatAFullHistoryWouldHave() {
        HeldHistory history = held(10, 3, 5);

        assertThat(history.missing(minutes(1, 2, 3, 4, 5, 6, 7, 8, 9), minutes(5, 8, 9), 6, 0))
                .isEqualTo(minutes(7, 6, 4));
    }

    @Test
    void whatMysqlDoesNotHaveYetCountsAsHeld() {
        HeldHistory history = held(10, 3, 7);

        assertThat(history.missing(minutes(1, 2, 3, 4, 5), minutes(7, 8, 9), 4, 0))
                .isEqualTo(minutes(5));
        assertThat(history.missing(minutes(1, 2, 3, 4, 5), minutes(7, 8, 9), 3, 0)).isEmpty();
    }

    @Test
    void nothingAtOrAboveTheLatestAndNothingOfAnotherZoneIsMissing() {
        List<Long> stored = new ArrayList<>(minutes(8, 9, 10, 11));
        stored.add(minutes(7).get(0) + 30_000);

        assertThat(held(10, 0, 0).missing(stored, List.of(), 100, 0)).isEqualTo(minutes(9, 8));
    }

    /** With what is missing a history is the newest of all that anybody has. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void heldAndMissingAreTheNewest(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Long> stored = some(random);
            List<Long> held = some(random);
            int size = 1 + random.nextInt(12);
            TreeSet<Long> all = new TreeSet<>(stored);
            all.addAll(held);

            TreeSet<Long> healed = new TreeSet<>(held);
            healed.addAll(held(20, held.size(), 0).missing(stored, held, size, 0));

            assertThat(newest(healed, size)).as("seed %d", seed).isEqualTo(newest(all, size));
        }
    }

    private static List<Long> some(Random random) {
        return LongStream.range(0, 20)
                .filter(any -> random.nextInt(3) > 0)
                .map(minute -> minute * 60_000)
                .boxed()
                .toList();
    }

    private static List<Long> newest(TreeSet<Long> opens, int size) {
        return opens.descendingSet().stream().limit(size).toList();
    }

    private static HeldHistory held(long latest, int count, long lowest) {
        return new HeldHistory(MINUTES, latest * 60_000, count, lowest * 60_000);
    }

    private static List<Long> minutes(long... minutes) {
        return LongStream.of(minutes).map(minute -> minute * 60_000).boxed().toList();
    }
}
