package io.kline.tools.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as people write them: {@code 2026-03-01}, {@code 2026-03-01T12:30}, with a zone, or ms. */
public final class TimeText {

    private TimeText() {}

    /**
     * Reads a time.
     *
     * @param option named by the error
     * @param offset the zone of a time that names none
     * @return ms since the epoch
     * @throws IllegalArgumentException if it is none
     */
    public static long parse(String option, String text, ZoneOffset offset) {
        try {
            if (text.matches("[0-9]{1,16}")) {
                return Long.parseLong(text);
            }
            if (text.matches("[0-9-]+")) {
                return LocalDate.parse(text).atStartOfDay().toInstant(offset).toEpochMilli();
            }
            if (text.matches(".*T.*(Z|[+-][0-9:]+)")) {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            }
            return LocalDateTime.parse(text).toInstant(offset).toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    option
                            + ": '"
                            + text
                            + "' is not a time such as 2026-03-01, 2026-03-01T12:30,"
                            + " 2026-03-01T12:30:00Z, or ms since the epoch");
        }
    }

    /** The time for people. */
    public static String of(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
