package io.kline.continuity;

/**
 * Tells whether old trades are being caught up with, in which case the wall clock must not close or
 * open candles: the trades of those candles are still to come.
 *
 * <p>A backlog is being read while records move event time forward and it is still far behind the
 * wall clock. A single delayed trade does not move event time, and a market where nothing happens
 * has no records, so neither counts. After a start nothing is known yet: then it is assumed until
 * the first trades tell, or none comes for a while.
 */
public final class Backlog {

    /** Event time this far behind the wall clock is a backlog, ms. */
    static final long FAR_BEHIND = 10_000;

    /** Without progress for this long, nothing is being read any more, ms. */
    static final long NO_PROGRESS = 2_000;

    /** How long after a start the first trades are waited for, ms. */
    static final long FIRST_TRADES = 10_000;

    private boolean unknown = true;
    private long openedAt = Long.MIN_VALUE;
    private long latestTrade = Long.MIN_VALUE;
    private long progressAt;

    /** Takes note of a trade: when it happened and when it was seen here, both in ms. */
    public void seen(long tradeTime, long now) {
        unknown = false;
        if (tradeTime > latestTrade) {
            latestTrade = tradeTime;
            progressAt = now;
        }
    }

    /** Whether old trades are being read at {@code now}, ms. */
    public boolean isBeingRead(long now) {
        if (openedAt == Long.MIN_VALUE) {
            openedAt = now;
        }
        if (unknown) {
            return now - openedAt < FIRST_TRADES;
        }
        return latestTrade != Long.MIN_VALUE
                && now - latestTrade > FAR_BEHIND
                && now - progressAt < NO_PROGRESS;
    }
}
