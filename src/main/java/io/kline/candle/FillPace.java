package io.kline.candle;

/**
 * When flat candles that have to wait are issued. A row of them changes again and again while
 * trades before it are read; each round over it costs as many candles as the row is long, so the
 * rounds come less and less often.
 */
final class FillPace {

    /** The first change is seldom the last: those of a second share a round, ms. */
    private static final long SHORTEST = 1_000;

    /** A row is never older than that, however long changes go on, ms. */
    private static final long LONGEST = 600_000;

    private long dueAt = Long.MIN_VALUE;
    private long wait;
    private long lastRound = Long.MIN_VALUE;

    /** When the next round may begin, ms. */
    long dueAt() {
        return dueAt;
    }

    boolean isDue(long now) {
        return now >= dueAt;
    }

    /** A long row has changed at {@code now}, ms. */
    void changed(long now) {
        if (dueAt == Long.MIN_VALUE) {
            waitFrom(now);
        }
    }

    /** All that was due when the round began has been issued. */
    void roundEnded(long now, boolean isMore) {
        lastRound = now;
        dueAt = Long.MIN_VALUE;
        if (isMore) {
            waitFrom(now);
        }
    }

    FillPace copy() {
        FillPace copy = new FillPace();
        copy.dueAt = dueAt;
        copy.wait = wait;
        copy.lastRound = lastRound;
        return copy;
    }

    private void waitFrom(long now) {
        boolean isQuiet = lastRound == Long.MIN_VALUE || now - lastRound > LONGEST;
        // The first round is not waited for, so there may be no wait yet to be doubled.
        wait = isQuiet ? SHORTEST : Math.max(SHORTEST, Math.min(2 * wait, LONGEST));
        dueAt = now + wait;
    }
}
