package io.kline.live;

import io.kline.model.Lag;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Whether trades that happened before this moment are still to be read. Then ticks would open flat
 * candles where trades are.
 */
final class Backlog {

    /** How long after a start the first trades are waited for, ms. */
    static final long FIRST_TRADES = 10_000;

    /**
     * A busy machine may read nothing for a while: a silence is believed when it is seen so often.
     */
    private static final int FEWEST_LOOKS = 5;

    private final long looksApart;
    private final int silentLooks;
    private final BitSet behind = new BitSet();
    private final int[] seen = new int[Lag.values().length];
    private boolean isUnknown = true;
    private boolean isSilent;
    private int looks;
    private long openedAt = Long.MIN_VALUE;
    private long lookedAt;

    /**
     * @param idleTimeout after how long without trades a partition has none, ms
     * @param looksApart time between two looks, ms
     */
    Backlog(long idleTimeout, long looksApart) {
        this.looksApart = looksApart;
        this.silentLooks = (int) Math.max(FEWEST_LOOKS, idleTimeout / looksApart);
    }

    /** A trade was read. */
    void seen(int partition, Lag lag) {
        isUnknown = false;
        seen[lag.ordinal()]++;
        if (lag == Lag.LONG) {
            behind.set(partition);
            isSilent = false;
        } else if (!behind.isEmpty()) {
            behind.clear(partition);
        }
    }

    /** How long most trades had waited to be read, of those since the last call. */
    Lag recentLag() {
        int late = seen[Lag.SHORT.ordinal()] + seen[Lag.LONG.ordinal()];
        Lag most = seen[Lag.LONG.ordinal()] > late / 2 ? Lag.LONG : Lag.SHORT;
        Lag recent = late > seen[Lag.NONE.ordinal()] ? most : Lag.NONE;
        Arrays.fill(seen, 0);
        return recent;
    }

    /**
     * Whether old trades are being read.
     *
     * @param elapsed time that has passed since any fixed moment, ms
     */
    boolean isBeingRead(long elapsed) {
        if (openedAt == Long.MIN_VALUE) {
            openedAt = elapsed;
        }
        if (isUnknown) {
            return elapsed - openedAt < FIRST_TRADES;
        }
        if (behind.isEmpty()) {
            return false;
        }
        if (!isSilent) {
            isSilent = true;
            looks = 0;
            lookedAt = elapsed;
        } else if (elapsed - lookedAt >= looksApart) {
            looks++;
            lookedAt = elapsed;
        }
        if (looks >= silentLooks) {
            behind.clear();
        }
        return !behind.isEmpty();
    }
}
