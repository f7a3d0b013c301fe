package io.kline.testing;

import java.util.Random;
import java.util.stream.LongStream;

/** The seeds of a random property: all of its own, or the one that {@code -Dkline.seed} names. */
public final class Seeds {

    private static final Long ONE = Long.getLong("kline.seed");

    private Seeds() {}

    /** Seeds one after the other. */
    public static LongStream from(long first, int count) {
        return ONE == null ? LongStream.range(first, first + count) : LongStream.of(ONE);
    }

    /** Seeds all over the range. */
    public static LongStream scattered(int count, long seed) {
        return ONE == null ? new Random(seed).longs(count) : LongStream.of(ONE);
    }

    /** Whether a property runs with all of its seeds. */
    public static boolean areAll() {
        return ONE == null;
    }
}
