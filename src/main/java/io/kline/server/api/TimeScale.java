package io.kline.server.api;

import java.util.Locale;

/** In which unit times are answered. */
public enum TimeScale {
    MILLISECOND(1),
    MICROSECOND(1_000);

    private final long perMilli;

    TimeScale(long perMilli) {
        this.perMilli = perMilli;
    }

    /**
     * The scale of a name, all upper or all lower case; milliseconds for null.
     *
     * @param parameter what an error names
     * @throws ApiError if there is no such scale
     */
    public static TimeScale of(String parameter, String name) {
        if (name == null) {
            return MILLISECOND;
        }
        for (TimeScale scale : values()) {
            if (name.equals(scale.name()) || name.equals(scale.name().toLowerCase(Locale.ROOT))) {
                return scale;
            }
        }
        throw ApiError.invalid(parameter);
    }

    /** A time, given in ms. */
    public long time(long millis) {
        return millis * perMilli;
    }

    /** The last moment of a millisecond, which is where candles end. */
    public long end(long millis) {
        return millis * perMilli + perMilli - 1;
    }
}
