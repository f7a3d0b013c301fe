package io.kline.tools.rebuild;

import io.kline.config.ConfigException;
import io.kline.tools.replay.TimeText;
import java.time.ZoneOffset;

/** The range that {@code --from} and {@code --to} ask for. */
final class AskedRange {

    private final long from;
    private final Long to;
    private final long now;

    /**
     * @param offset the zone of dates
     * @param now its end if no other is given, ms
     * @throws ConfigException if a time cannot be read
     * @throws IllegalArgumentException if the range is empty or not in whole minutes
     */
    AskedRange(RebuildOptions own, ZoneOffset offset, long now) {
        this.from = TimeText.parse("--from", own.from, offset);
        this.to = own.to == null ? null : TimeText.parse("--to", own.to, offset);
        this.now = now;
        // Reading all trades takes long: what cannot be is said before.
        new TimeRange(from, to == null ? minute(now) : to);
    }

    /** Its begin, ms. */
    long from() {
        return from;
    }

    /** Whether it has no end of its own. */
    boolean isOpen() {
        return to == null;
    }

    /** Up to {@code --to} or another end, but never later than now; in whole minutes, ms. */
    TimeRange until(long end) {
        long asked = to == null ? end : to;
        boolean isAsIs = to != null && to <= now;
        return new TimeRange(from, isAsIs ? asked : minute(Math.min(asked, now)));
    }

    private static long minute(long time) {
        return time - Math.floorMod(time, TimeRange.MINUTE);
    }
}
