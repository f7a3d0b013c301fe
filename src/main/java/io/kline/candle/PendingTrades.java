package io.kline.candle;

import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trades that wait for the next merge. Those of a minute are folded at once, for every interval has
 * whole minutes; those that may be late for an interval stay single.
 */
public final class PendingTrades {

    /**
     * A trade that may be late for an interval.
     *
     * @param trade the trade
     * @param givenUp which candles were given up when it came, ms: those that end at or before it
     */
    public record Single(Trade trade, long givenUp) {}

    private static final long MINUTE = 60_000;

    private long[] minutes = new long[2];
    private Ohlcv[] contents = new Ohlcv[2];
    private int size;
    private List<Single> singles = List.of();

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return size == 0 && singles.isEmpty();
    }

    /** Number of minutes with trades. */
    public int size() {
        return size;
    }

    /** How much waits: minutes, and trades that are single. */
    public int waiting() {
        return size + singles.size();
    }

    /** The folded trades of the minute at a place in the order of time. */
    public Ohlcv content(int i) {
        return contents[i];
    }

    /** The trades that may be late, in the order of their arrival. */
    public List<Single> singles() {
        return singles;
    }

    /** Folds a trade that no interval has given up. */
    void add(Trade trade) {
        add(Ohlcv.of(trade));
    }

    /** Folds trades of one minute. */
    public void add(Ohlcv trades) {
        long minute = Math.floorDiv(trades.last().time(), MINUTE);
        int at = size - 1;
        if (size > 0 && minutes[at] != minute) {
            int found = Arrays.binarySearch(minutes, 0, size, minute);
            at = found >= 0 ? found : -found - 2;
        }
        if (at >= 0 && minutes[at] == minute) {
            contents[at] = contents[at].plus(trades);
        } else {
            insert(at + 1, minute, trades);
        }
    }

    /** Keeps a trade as it is. */
    public void addSingle(Single single) {
        if (singles.isEmpty()) {
            singles = new ArrayList<>(2);
        }
        singles.add(single);
    }

    void clear() {
        Arrays.fill(contents, 0, size, null);
        size = 0;
        singles = List.of();
    }

    PendingTrades copy() {
        PendingTrades copy = new PendingTrades();
        copy.minutes = minutes.clone();
        copy.contents = contents.clone();
        copy.size = size;
        if (!singles.isEmpty()) {
            copy.singles = new ArrayList<>(singles);
        }
        return copy;
    }

    private void insert(int at, long minute, Ohlcv trades) {
        if (size == minutes.length) {
            minutes = Arrays.copyOf(minutes, 2 * size);
            contents = Arrays.copyOf(contents, 2 * size);
        }
        System.arraycopy(minutes, at, minutes, at + 1, size - at);
        System.arraycopy(contents, at, contents, at + 1, size - at);
        minutes[at] = minute;
        contents[at] = trades;
        size++;
    }
}
