package io.kline.server.ticker;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Which of some numbers is first by a comparison: a tree of winners, so a change costs as many
 * comparisons as the tree has levels, eleven for a day of minutes, wherever it happens.
 */
final class Winners {

    /** There is none. */
    static final int NONE = -1;

    private final IntBinaryOperator comparison;
    private final int leaves;

    /** The root is 1; the children of n are 2n and 2n + 1. */
    private final short[] winners;

    /**
     * @param size numbers from 0 on, at most 32,767
     * @param comparison negative where the first of the two wins
     */
    Winners(int size, IntBinaryOperator comparison) {
        this.comparison = comparison;
        leaves = Integer.highestOneBit(size - 1) << 1;
        winners = new short[2 * leaves];
        Arrays.fill(winners, (short) NONE);
    }

    /** A number takes part or not, or what it is compared by has changed. */
    void set(int number, boolean takesPart) {
        int node = leaves + number;
        winners[node] = (short) (takesPart ? number : NONE);
        for (node /= 2; node > 0; node /= 2) {
            winners[node] = better(winners[2 * node], winners[2 * node + 1]);
        }
    }

    /** The first of all, or {@link #NONE}. */
    int first() {
        return winners[1];
    }

    private short better(short a, short b) {
        if (a == NONE || b == NONE) {
            return a == NONE ? b : a;
        }
        return comparison.applyAsInt(a, b) <= 0 ? a : b;
    }
}
