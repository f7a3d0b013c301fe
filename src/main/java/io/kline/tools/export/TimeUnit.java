package io.kline.tools.export;

import java.time.LocalDate;

/** Of the times in an archive. */
enum TimeUnit {
    MS(1),
    US(1_000);

    /** From this day on the archives of Binance's spot market have microseconds. */
    private static final LocalDate MICROSECONDS = LocalDate.of(2025, 1, 1);

    private final long perMilli;

    TimeUnit(long perMilli) {
        this.perMilli = perMilli;
    }

    /** The unit that Binance has in the archive of a day or month. */
    static TimeUnit of(LocalDate first) {
        return first.isBefore(MICROSECONDS) ? MS : US;
    }

    /** The first moment of a millisecond. */
    long first(long millis) {
        return millis * perMilli;
    }

    /** The last moment of a millisecond. */
    long last(long millis) {
        return millis * perMilli + perMilli - 1;
    }
}
