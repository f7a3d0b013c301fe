package io.kline.tools.check;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the candles of one interval begin, by the calendar of the exchange's zone. Candles are
 * numbered: 0 is the one that holds 1970-01-01T00:00 there, neighbours differ by one.
 *
 * @param code such as {@code 15m}
 * @param count units per candle
 * @param unit one of {@code m h d w M}
 */
record OpenTimes(String code, int count, char unit, ZoneOffset offset) {

    private static final Pattern CODE = Pattern.compile("([0-9]{1,5})([mhdwM])");
    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);

    static OpenTimes of(String code, ZoneOffset offset) {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an interval: " + code);
        }
        return new OpenTimes(
                code, Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0), offset);
    }

    /** Number of the candle that holds {@code time}, ms. */
    long number(long time) {
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), offset);
        return Math.floorDiv(units(local), (long) count);
    }

    private long units(LocalDateTime local) {
        LocalDate date = local.toLocalDate();
        long days = date.toEpochDay();
        return switch (unit) {
            case 'm' -> (days * 24 + local.getHour()) * 60 + local.getMinute();
            case 'h' -> days * 24 + local.getHour();
            case 'd' -> days;
            case 'w' -> ChronoUnit.WEEKS.between(mondayOf(EPOCH), mondayOf(date));
            default -> ChronoUnit.MONTHS.between(EPOCH, date.withDayOfMonth(1));
        };
    }

    private static LocalDate mondayOf(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** Open time of a candle, ms. */
    long open(long number) {
        long units = number * count;
        LocalDateTime local =
                switch (unit) {
                    case 'm' -> EPOCH.atStartOfDay().plusMinutes(units);
                    case 'h' -> EPOCH.atStartOfDay().plusHours(units);
                    case 'd' -> EPOCH.plusDays(units).atStartOfDay();
                    case 'w' -> mondayOf(EPOCH).plusWeeks(units).atStartOfDay();
                    default -> EPOCH.plusMonths(units).atStartOfDay();
                };
        return local.toInstant(offset).toEpochMilli();
    }

    /** Open time of the candle that holds {@code time}; both in ms. */
    long openOf(long time) {
        return open(number(time));
    }

    /** Last ms of the candle that holds {@code time}, ms. */
    long closeOf(long time) {
        return open(number(time) + 1) - 1;
    }

    /** Whether a candle begins at {@code time}, ms. */
    boolean isOpen(long time) {
        return openOf(time) == time;
    }

    /** Length of the candle number 0, ms: what intervals are sorted by. */
    long length() {
        return open(1) - open(0);
    }
}
