package io.kline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding contents is commutative and associative, and exact at the limits of the digits. */
class OhlcvPropertyTest {

    private static final int SEEDS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_000_000, 3_000_000})
    void anyTreeOfMergesGivesTheSame(long base) {
        Seeds.from(base, SEEDS).forEach(OhlcvPropertyTest::mergesGiveTheSame);
    }

    private static void mergesGiveTheSame(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(30);
        List<Ohlcv> contents = new ArrayList<>();
        for (int id = 0; id < n; id++) {
            contents.add(Ohlcv.of(trade(id, random)));
        }
        Ohlcv inOrder = contents.stream().reduce(Ohlcv::plus).orElseThrow();
        Collections.shuffle(contents, random);
        while (contents.size() > 1) {
            Ohlcv one = contents.remove(random.nextInt(contents.size()));
            Ohlcv other = contents.remove(random.nextInt(contents.size()));
            contents.add(one.plus(other));
        }
        assertThat(contents.get(0))
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(inOrder);
    }

    private static Trade trade(long id, Random random) {
        BigDecimal price =
                new BigDecimal(
                        new java.math.BigInteger(126, random)
                                .mod(BigDecimal.TEN.pow(38).toBigInteger()),
                        18);
        BigDecimal quantity = BigDecimal.valueOf(1 + random.nextInt(1000), random.nextInt(19));
        return new Trade("A", id, id, price, quantity, random.nextInt(5), random.nextBoolean());
    }
}
