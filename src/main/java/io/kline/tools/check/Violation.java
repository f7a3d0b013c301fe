package io.kline.tools.check;

import java.time.Instant;

/**
 * One place where a store breaks an invariant.
 *
 * @param what is wrong: a field, or a few words
 * @param expected null where only the stores' disagreement is known
 * @param redis what Redis holds, or null
 * @param mysql what MySQL holds, or null
 */
record Violation(
        Invariant invariant,
        Place place,
        String what,
        String expected,
        String redis,
        String mysql) {

    /** All of it on one line. */
    String line() {
        StringBuilder line = new StringBuilder(invariant.code).append(' ').append(place.symbol());
        if (place.interval() != null) {
            line.append(' ').append(place.interval());
        }
        if (place.from() != null) {
            line.append(' ').append(place.from());
            line.append(' ').append(Instant.ofEpochMilli(place.from()));
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
