package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadTest {

    private static final int SIZE = 300_000;
    private static final long BEGIN = 1_767_225_600_000L;
    private static final long SPAN = 20 * 60_000;

    private static List<LoadRecord> load(Shape shape, int size, long seed) {
        Load load = new Load(shape, seed, BEGIN, FeedPace.steady(size, SPAN));
        List<LoadRecord> records = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            records.add(load.next());
        }
        return records;
    }

    private static int hash(List<LoadRecord> records) {
        int hash = 0;
        for (LoadRecord record : records) {
            hash = 31 * hash + Arrays.hashCode(record.value());
        }
        return hash;
    }

    @ParameterizedTest
    @EnumSource
    void sameSeedSameBytes(Shape shape) {
        int hash = hash(load(shape, 10_000, 7));
        assertThat(hash(load(shape, 10_000, 7))).isEqualTo(hash);
        assertThat(hash(load(shape, 10_000, 8))).isNotEqualTo(hash);
    }

    @Test
    void lateMalformedAndRepeatedRecordsHaveTheirShares() {
        Map<LoadRecord.Kind, Long> counts =
                load(Shape.WIDE, SIZE, 1).stream()
                        .collect(Collectors.groupingBy(LoadRecord::kind, Collectors.counting()));
        assertThat(counts.get(LoadRecord.Kind.DUPLICATE)).isCloseTo(SIZE / 1_000L, within(60L));
        assertThat(counts.get(LoadRecord.Kind.MALFORMED)).isCloseTo(SIZE / 10_000L, within(20L));
        long late = counts.get(LoadRecord.Kind.LATE);
        assertThat(late + counts.get(LoadRecord.Kind.DISORDERED))
                .isCloseTo(SIZE / 1_000L, within(60L));
        assertThat(late).isGreaterThan(30);
    }

    @Test
    void wideFollowsZipfAndHotIsEven() {
        Map<String, Long> wide = bySymbol(load(Shape.WIDE, SIZE, 1));
        // The sum of 1/k for 2,000 symbols is 8.18.
        assertThat(wide.get("B00000USDT")).isCloseTo(Math.round(SIZE / 8.18), within(900L));
        assertThat(wide.get("B00001USDT")).isCloseTo(wide.get("B00000USDT") / 2, within(600L));
        Map<String, Long> hot = bySymbol(load(Shape.HOT, SIZE, 1));
        assertThat(hot).hasSize(20);
        assertThat(hot.values()).allSatisfy(n -> assertThat(n).isCloseTo(15_000L, within(600L)));
        Map<String, Long> one = bySymbol(load(Shape.ONE_SYMBOL, SIZE, 1));
        assertThat(one.get("B00000USDT")).isGreaterThan(SIZE * 6L / 10);
    }

    @Test
    void timesAdvanceOverTheWholeSpan() {
        List<LoadRecord> records = load(Shape.HOT, 12_000, 1);
        assertThat(records.get(0).time()).isEqualTo(BEGIN);
        assertThat(records.get(6_000).time()).isEqualTo(BEGIN + SPAN / 2);
        assertThat(records.get(11_999).time()).isBetween(BEGIN + SPAN - 1_000, BEGIN + SPAN);
    }

    private static Map<String, Long> bySymbol(List<LoadRecord> records) {
        return records.stream()
                .collect(
                        Collectors.groupingBy(
                                record -> new String(record.key()), Collectors.counting()));
    }
}
