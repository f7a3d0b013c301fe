package io.kline.tools.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a measurement is asked for.
 *
 * @param runs how often each variant is run
 * @param trades the size: trades of a run
 * @param rate the highest rate of the full path, trades/s; 0 if it is not known
 * @param seed of all that is made up
 * @param scripts versions of the Redis script to compare; empty for the own one
 */
record BenchOptions(int runs, int trades, double rate, long seed, List<Path> scripts) {

    /** The size that figures are to be taken at. */
    static final int FULL_SIZE = 4_000_000;

    /** A number that belongs to the full size, as it is at this one; at least 20. */
    int scaled(int full) {
        return (int) Math.max(20, (long) full * Math.min(trades, FULL_SIZE) / FULL_SIZE);
    }
}
