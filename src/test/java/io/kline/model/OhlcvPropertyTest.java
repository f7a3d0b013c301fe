package io.kline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Adding contents is commutative and associative, and exact at the limits of the digits. */
class OhlcvPropertyTest {

    @Property(tries = 500)
    void anyTreeOfMergesGivesTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        Random random = new Random(seed);
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
