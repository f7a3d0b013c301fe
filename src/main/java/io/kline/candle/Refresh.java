package io.kline.candle;

/**
 * When the forming candle of a series was issued, and whether it has changed since. Nothing of it
 * is in a checkpoint: after a restore all that is remembered is issued again.
 *
 * <p>Every candle is issued when it opens and when it closes. Versions between them may wait: each
 * holds all trades of those before it.
 */
final class Refresh {

    /** Of the series of a removed interval. */
    static final Refresh AT_EVERY_MERGE = new Refresh(0);

    private final long period;
    private long open = Series.NONE;
    private long issuedAt;
    private long due = Long.MAX_VALUE;

    /**
     * @param period how long a candle may wait, ms; 0 if every merge issues it
     */
    Refresh(long period) {
        this.period = period;
    }

    /** When the candle is to be issued, ms; {@code Long.MAX_VALUE} if nothing waits. */
    long due() {
        return due;
    }

    /** Puts a candle that waits into what a step issues. */
    void release(Step step) {
        if (due != Long.MAX_VALUE) {
            step.changed.add(open);
            due = Long.MAX_VALUE;
        }
    }

    /**
     * Takes the forming candle out of what a step issues until its time has come, and puts it in
     * then.
     */
    void hold(Series one, Step step) {
        if (period == 0) {
            return;
        }
        long forming = one.forming(step.clock);
        boolean mayWait = forming == open && step.now < issuedAt + period;
        if (mayWait && step.changed.remove(open)) {
            due = issuedAt + period;
        }
        if (mayWait) {
            return;
        }
        release(step);
        if (step.changed.contains(forming)) {
            open = forming;
            issuedAt = step.now;
        }
    }

    Refresh copy() {
        Refresh copy = new Refresh(period);
        copy.open = open;
        copy.issuedAt = issuedAt;
        copy.due = due;
        return copy;
    }
}
