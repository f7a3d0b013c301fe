package io.kline.store.heal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What histories in Redis lack of the candles that are stored. Used by one thread. */
final class Gaps {

    private final HistoryTable table;
    private final RedisHistories redis;
    private final int size;
    private final FirstCandles firstCandles = new FirstCandles();

    /**
     * @param size how many klines a history keeps
     */
    Gaps(HistoryTable table, RedisHistories redis, int size) {
        this.table = table;
        this.redis = redis;
        this.size = size;
    }

    void beginLook() {
        firstCandles.beginLook();
    }

    /** Whether a history is short or has holes. MySQL is asked where something may be missing. */
    boolean isThere(String symbol, HeldHistory history) throws SQLException {
        return hasOlder(symbol, history) || !history.isContinuous() && hasMore(symbol, history);
    }

    /**
     * The open times of all that is missing, newest first.
     *
     * @param before how many that are held before each stretch come with it, at least 0
     */
    List<Long> of(String symbol, HeldHistory history, int before) throws IOException, SQLException {
        long below = before > 0 ? history.latest() + 1 : history.latest();
        return history.missing(
                table.opensBefore(symbol, history.interval(), below, size + 1),
                redis.opens(symbol, history.interval()),
                size,
                before);
    }

    /** The open times of the newest stored candles up to the latest kline, newest first. */
    List<Long> newest(String symbol, HeldHistory history, int most) throws SQLException {
        return table.opensBefore(symbol, history.interval(), history.latest() + 1, most).stream()
                .filter(history::isAligned)
                .toList();
    }

    private boolean hasOlder(String symbol, HeldHistory history) throws SQLException {
        if (!history.isShort(size) || firstCandles.isFirst(symbol, history)) {
            return false;
        }
        boolean older =
                !table.opensBefore(symbol, history.interval(), history.oldest(), 1).isEmpty();
        if (!older) {
            firstCandles.remember(symbol, history);
        }
        return older;
    }

    /** Whether MySQL has more candles than Redis from the oldest one in Redis on. */
    private boolean hasMore(String symbol, HeldHistory history) throws SQLException {
        int most = (int) history.count() + 1;
        return table.opensBefore(symbol, history.interval(), history.latest(), most).stream()
                        .filter(open -> open >= history.oldest())
                        .count()
                == most;
    }
}
