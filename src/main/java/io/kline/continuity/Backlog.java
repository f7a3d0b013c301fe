package io.kline.continuity;

/**
 * Tells whether old trades are being caught up with, in which case the wall clock must not close or
 * open candles: the trades of those candles are still to come.
 *
 * <p>A backlog is being read while trades move event time forward that are far behind the wall
 * clock when they come. A delayed trade among newer ones does not move event time, and a market
 * where nothing happens has no trades, so neither counts. A few delayed trades hold time up for a
 * moment only; many in a row are a backlog, which may pause for longer. After a start nothing is
 * known yet: then it is assumed until the first trades tell, or none comes for a while.
 */
public final class Backlog {

    /** Trades this far behind the wall clock are a backlog, ms. */
    static final long FAR_BEHIND = 10_000;

    /** So many in a row are not some delayed trades. */
    static final int MANY = 100;

    /** After a few of them, the next is waited for so long, ms. */
    static final long PATIENCE = 2_000;

    /** After many of them: a busy machine may read nothing for a while, ms. */
    static final long LONG_PATIENCE = 30_000;

    /** How long after a start the first trades are waited for, ms. */
    static final long FIRST_TRADES = 10_000;

    private boolean unknown = true;
    private long openedAt = Long.MIN_VALUE;
    private long latestTrade = Long.MIN_VALUE;
    private long farBehindAt;
    private int farBehindInARow;

    /** Takes note of a trade: when it happened and when it was seen here, both in ms. */
    public void seen(long tradeTime, long now) {
        unknown = false;
        if (tradeTime <= latestTrade) {
            return;
        }
        latestTrade = tradeTime;
        if (now - tradeTime > FAR_BEHIND) {
            farBehindInARow = Math.min(farBehindInARow + 1, MANY);
            farBehindAt = now;
        } else {
            farBehindInARow = 0;
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
        if (farBehindInARow == 0) {
            return false;
        }
        boolean isOver = now - farBehindAt >= (farBehindInARow < MANY ? PATIENCE : LONG_PATIENCE);
        if (isOver) {
            farBehindInARow = 0;
        }
        return !isOver;
    }
}
