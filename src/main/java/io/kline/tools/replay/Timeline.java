package io.kline.tools.replay;

import java.util.function.LongSupplier;

/**
 * What the times in a file are on the topic: as recorded, or all shifted so that the first trade
 * happens when it is read.
 */
final class Timeline {

    /** Stands for a time that cannot be told. */
    static final long UNKNOWN = -1;

    private final LongSupplier clock;
    private final boolean rebase;
    private boolean anchored;
    private long shift;

    /**
     * @param clock tells the present, ms
     * @param rebase whether times are shifted
     */
    Timeline(LongSupplier clock, boolean rebase) {
        this.clock = clock;
        this.rebase = rebase;
    }

    /**
     * Takes the time of a trade; the first one that counts is the anchor of the shift.
     *
     * @return {@code time}, or {@link #UNKNOWN} if no trade can have been recorded then: a broken
     *     time, in the future, say, would otherwise hold up or displace the rest of the file
     */
    long recorded(long time) {
        long now = clock.getAsLong();
        if (time <= 0 || time > now) {
            return UNKNOWN;
        }
        if (rebase && !anchored) {
            anchored = true;
            shift = now - time;
        }
        return time;
    }

    /** Whether {@link #shifted} changes times. */
    boolean shifts() {
        return anchored;
    }

    /** What goes out for {@code time}, both in ms. */
    long shifted(long time) {
        return time > 0 ? time + shift : time;
    }
}
