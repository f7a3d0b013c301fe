package io.kline.store.mysql;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.store.KlineJson;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/** The table {@code kline_restated}: each change of a closed candle, with what it was before. */
public final class RestatedLog {

    /** Adds a row; its parameters are set by {@link #bind}. */
    public static final String INSERT =
            "INSERT INTO kline_restated (symbol, interval_code, open_time, reason, before_kline,"
                    + " after_kline) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String SELECT =
            "SELECT id, symbol, interval_code, open_time, reason,"
                    + " CAST(1000 * UNIX_TIMESTAMP(restated_at) AS SIGNED), before_kline, after_kline"
                    + " FROM kline_restated WHERE restated_at >= FROM_UNIXTIME(? / 1000)"
                    + " AND (restated_at > FROM_UNIXTIME(? / 1000) OR id >= ?)";

    private RestatedLog() {}

    /**
     * Selects the rows since a time, oldest first; of those of that very time the ones from an id
     * on. In a session whose time zone is UTC, since others have hours that come twice. Parameters:
     * the time in ms, twice, the id, the interval and the symbol if there are any, how many at
     * most.
     */
    public static String since(boolean ofInterval, boolean ofSymbol) {
        return SELECT
                + (ofInterval ? " AND interval_code = ?" : "")
                + (ofSymbol ? " AND symbol = ?" : "")
                + " ORDER BY restated_at, id LIMIT ?";
    }

    /** Why a closed candle was changed. */
    public enum Reason {
        /** A late trade belongs to it. */
        LATE_TRADE,
        /** It has no trades, and carries the price of a late one. */
        CARRIED,
        /** It was computed anew. */
        REBUILT;

        /** Its name in the table. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A change of a closed candle.
     *
     * @param before the candle as it was stored; null if it was not
     * @param after the candle as it is now; null if it was removed
     */
    public record Change(Reason reason, CandleKey key, Candle before, Candle after) {

        /** Whether a closed candle differs by it, and the table takes it. */
        public boolean isReal() {
            if (before == null) {
                return after != null && after.closed();
            }
            return before.closed()
                    && (after == null || after.version().compareTo(before.version()) > 0);
        }
    }

    /** Sets the parameters of {@link #INSERT}. */
    public static void bind(PreparedStatement statement, Change change) throws SQLException {
        int i = 0;
        statement.setString(++i, change.key.symbol());
        statement.setString(++i, change.key.interval());
        statement.setLong(++i, change.key.openTime());
        statement.setString(++i, change.reason.code());
        statement.setString(++i, json(change.before));
        statement.setString(++i, json(change.after));
    }

    private static String json(Candle candle) {
        return candle == null ? null : KlineJson.write(asStored(candle));
    }

    /** The candle with volumes as the table has them, so that the next change begins with it. */
    private static Candle asStored(Candle candle) {
        Ohlcv content = candle.ohlcv();
        return candle.with(
                new Ohlcv(
                        content.first(),
                        content.last(),
                        content.open(),
                        content.high(),
                        content.low(),
                        content.close(),
                        KlineUpsert.inColumn(content.volume()),
                        KlineUpsert.inColumn(content.quoteVolume()),
                        KlineUpsert.inColumn(content.takerBuyVolume()),
                        KlineUpsert.inColumn(content.takerBuyQuoteVolume()),
                        content.count()));
    }
}
