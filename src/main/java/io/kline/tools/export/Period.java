package io.kline.tools.export;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one archive is about: a day or a month.
 *
 * @param name in names of files
 * @param first its first day
 * @param next the day behind its last
 */
record Period(String name, LocalDate first, LocalDate next) {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");

    /**
     * All that are whole in a range of days.
     *
     * @throws IllegalArgumentException if there is none, or a range of months has half ones
     */
    static List<Period> of(LocalDate from, LocalDate to, boolean monthly) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("--from must be before --to, which is " + to);
        }
        if (monthly && (from.getDayOfMonth() != 1 || to.getDayOfMonth() != 1)) {
            throw new IllegalArgumentException(
                    "with --monthly, --from and --to must be the first of a month");
        }
        UnaryOperator<LocalDate> following =
                monthly ? day -> day.plusMonths(1) : day -> day.plusDays(1);
        return Stream.iterate(from, day -> day.isBefore(to), following)
                .map(
                        day ->
                                new Period(
                                        monthly ? MONTH.format(day) : day.toString(),
                                        day,
                                        following.apply(day)))
                .toList();
    }

    /** Its first ms. */
    long from(ZoneOffset offset) {
        return first.atStartOfDay().toInstant(offset).toEpochMilli();
    }

    /** The first ms behind it. */
    long to(ZoneOffset offset) {
        return next.atStartOfDay().toInstant(offset).toEpochMilli();
    }
}
