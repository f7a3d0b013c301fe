package io.kline.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in settings: {@code 333ms}, {@code 10 min}. */
public final class DurationText {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\s*([a-z]*)");

    private static final Map<String, ChronoUnit> UNITS =
            Map.ofEntries(
                    Map.entry("", ChronoUnit.MILLIS),
                    Map.entry("ns", ChronoUnit.NANOS),
                    Map.entry("us", ChronoUnit.MICROS),
                    Map.entry("ms", ChronoUnit.MILLIS),
                    Map.entry("s", ChronoUnit.SECONDS),
                    Map.entry("sec", ChronoUnit.SECONDS),
                    Map.entry("m", ChronoUnit.MINUTES),
                    Map.entry("min", ChronoUnit.MINUTES),
                    Map.entry("h", ChronoUnit.HOURS),
                    Map.entry("d", ChronoUnit.DAYS));

    private DurationText() {}

    /**
     * Reads a whole number and a unit: ns, us, ms, s, sec, m, min, h or d; without one ms.
     *
     * @throws IllegalArgumentException if it is not one, or too long for a duration
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "not a duration: '" + text + "'; a number and one of ms, s, min, h, d");
        }
        try {
            return Duration.of(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too long for a duration: '" + text + "'", e);
        }
    }
}
