package io.kline.model;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a candle and where candles of that length begin.
 *
 * <p>Candles are aligned to the epoch in a fixed zone offset and half-open: [open, next open).
 * Minutes, hours and days are blocks counted from 1970-01-01, weeks begin on Monday, months are
 * calendar months. Several weeks or months are blocks counted from the week or month of 1970-01-01.
 *
 * @param count how many units, at least 1
 * @param unit the unit
 * @param offset the zone of the exchange's day, in whole minutes
 */
public record Interval(int count, Unit unit, ZoneOffset offset) implements Serializable {

    /** The units of an interval's code. */
    public enum Unit {
        MINUTE('m', 60_000L),
        HOUR('h', 3_600_000L),
        DAY('d', 86_400_000L),
        WEEK('w', 604_800_000L),
        /** A calendar month; it has no fixed length. */
        MONTH('M', 0);

        private final char letter;
        private final long millis;

        Unit(char letter, long millis) {
            this.letter = letter;
            this.millis = millis;
        }
    }

    private static final Pattern CODE = Pattern.compile("([1-9][0-9]{0,4})([mhdwM])");

    /** Monday of the week that holds the epoch, ms. */
    private static final long MONDAY = -3 * Unit.DAY.millis;

    public Interval {
        if (count < 1) {
            throw new IllegalArgumentException("an interval has at least one unit, not " + count);
        }
        if (offset.getTotalSeconds() % 60 != 0) {
            throw new IllegalArgumentException("zone offset is not in whole minutes: " + offset);
        }
    }

    /**
     * Reads a code such as {@code 1m}, {@code 12h}, {@code 1M}.
     *
     * @throws IllegalArgumentException if {@code code} is not a number from 1 to 99999 and one of
     *     {@code m h d w M}
     */
    public static Interval parse(String code, ZoneOffset offset) {
        Matcher matcher = CODE.matcher(code);
        if (matcher.matches()) {
            for (Unit unit : Unit.values()) {
                if (unit.letter == matcher.group(2).charAt(0)) {
                    return new Interval(Integer.parseInt(matcher.group(1)), unit, offset);
                }
            }
        }
        throw new IllegalArgumentException(
                "not an interval: '" + code + "'; a number and one of m, h, d, w, M, such as 15m");
    }

    /** The code it is known by: {@code 1m}, {@code 4h}, {@code 1M}. */
    public String code() {
        return Integer.toString(count) + unit.letter;
    }

    /** Open time of the candle that holds {@code time}; both in ms since the epoch. */
    public long openOf(long time) {
        long offsetMillis = offset.getTotalSeconds() * 1000L;
        long local = time + offsetMillis;
        if (unit == Unit.MONTH) {
            LocalDate date = Instant.ofEpochMilli(local).atOffset(ZoneOffset.UTC).toLocalDate();
            long months = (date.getYear() - 1970) * 12L + date.getMonthValue() - 1;
            return startOfMonth(Math.floorDiv(months, count) * count) - offsetMillis;
        }
        long anchor = unit == Unit.WEEK ? MONDAY : 0;
        long length = count * unit.millis;
        return Math.floorDiv(local - anchor, length) * length + anchor - offsetMillis;
    }

    /**
     * Open time of the candle after the one that opens at {@code open}; both in ms since the epoch.
     */
    public long nextOpen(long open) {
        if (unit == Unit.MONTH) {
            long offsetMillis = offset.getTotalSeconds() * 1000L;
            LocalDate date =
                    Instant.ofEpochMilli(open + offsetMillis)
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDate();
            return startOfMonth((date.getYear() - 1970) * 12L + date.getMonthValue() - 1 + count)
                    - offsetMillis;
        }
        return open + count * unit.millis;
    }

    private static long startOfMonth(long monthsSinceEpoch) {
        return LocalDate.of(1970, 1, 1).plusMonths(monthsSinceEpoch).toEpochDay() * Unit.DAY.millis;
    }

    @Override
    public String toString() {
        return code();
    }
}
