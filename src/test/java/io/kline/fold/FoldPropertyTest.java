package io.kline.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Merging folds is commutative and associative, and exact at the limits of the digits. */
class FoldPropertyTest {

    @Property(tries = 500)
    void anyTreeOfMergesGivesTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        Random random = new Random(seed);
        List<Fold> folds = new ArrayList<>();
        for (int id = 0; id < n; id++) {
            folds.add(Fold.of(trade(id, random)));
        }
        Fold inOrder = folds.stream().reduce(Fold::plus).orElseThrow();
        Collections.shuffle(folds, random);
        while (folds.size() > 1) {
            Fold one = folds.remove(random.nextInt(folds.size()));
            Fold other = folds.remove(random.nextInt(folds.size()));
            folds.add(one.plus(other));
        }
        assertThat(folds.get(0))
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
        return new Trade("A", id, price, quantity, random.nextInt(5), random.nextBoolean(), id, id);
    }
}
