package io.kline.demo.check;

import java.time.Instant;

/**
 * One place where a store breaks an invariant.
 *
 * @param interval code, or null when the symbol as a whole is meant
 * @param openTime of the candle, ms, or null when no single candle is meant
 * @param what is wrong: a field, or a few words
 * @param expected null where only the stores' disagreement is known
 * @param redis what Redis holds, or null
 * @param mysql what MySQL holds, or null
 */
record Violation(
        Invariant invariant,
        String symbol,
        String interval,
        Long openTime,
        String what,
        String expected,
        String redis,
        String mysql) {

    /** All of it on one line. */
    String line() {
        StringBuilder line = new StringBuilder(invariant.code).append(' ').append(symbol);
        if (interval != null) {
            line.append(' ').append(interval);
        }
        if (openTime != null) {
            line.append(' ').append(openTime).append(' ').append(Instant.ofEpochMilli(openTime));
        }
        line.append("  ").append(what);
        String separator = ": ";
        separator = append(line, separator, "expected", expected);
        separator = append(line, separator, "Redis", redis);
        append(line, separator, "MySQL", mysql);
        return line.toString();
    }

    private static String append(StringBuilder line, String separator, String label, String value) {
        if (value == null) {
            return separator;
        }
        line.append(separator).append(label).append(' ').append(value);
        return ", ";
    }
}
