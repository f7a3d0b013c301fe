package io.kline.store.heal;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.WatchedRedis;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The histories in Redis that lack candles which are stored, for whoever fills them once. Needs a
 * few questions to Redis per symbol and interval; whole histories are read of those alone that lack
 * something. Used by one thread.
 */
public final class ShortHistories implements AutoCloseable {

    private final RedisHistories redis;
    private final HistoryTable table;
    private final Gaps gaps;

    /** Connects at the first question. */
    public ShortHistories(RedisSettings redis, MysqlLogin mysql) {
        this.redis =
                new RedisHistories(new WatchedRedis(redis, KlineScript.bringingBack(redis)), redis);
        table = new HistoryTable(mysql);
        gaps = new Gaps(table, this.redis, redis.historySize());
    }

    /**
     * What Redis holds of some symbols, in the order of the intervals.
     *
     * @throws IOException if it does not say so of each of them
     */
    public Map<String, List<HeldHistory>> held(List<String> symbols, List<Interval> intervals)
            throws IOException {
        Map<String, List<HeldHistory>> held = redis.held(symbols, intervals);
        for (String symbol : symbols) {
            if (!held.containsKey(symbol)) {
                throw new IOException("Redis does not say what it holds of " + symbol);
            }
        }
        return held;
    }

    /** Whether a history lacks something. */
    public boolean isShort(String symbol, HeldHistory history) throws SQLException {
        return gaps.isThere(symbol, history);
    }

    /** What it lacks, oldest first. */
    public List<Candle> missing(String symbol, HeldHistory history)
            throws IOException, SQLException {
        List<Long> opens = gaps.of(symbol, history, 0);
        return opens.isEmpty() ? List.of() : table.candles(symbol, history.interval(), opens);
    }

    @Override
    public void close() {
        redis.close();
        table.close();
    }
}
