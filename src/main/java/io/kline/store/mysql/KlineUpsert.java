package io.kline.store.mysql;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statement that writes a candle unless the table holds a higher version of it. Running it
 * again changes nothing.
 *
 * <p>The server assigns the columns of {@code ON DUPLICATE KEY UPDATE} from left to right, and
 * later assignments see earlier ones. So the columns of the version come last, the most significant
 * one at the very end: until then the comparison gives the same.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/insert-on-duplicate.html">INSERT … ON
 *     DUPLICATE KEY UPDATE</a>
 */
public final class KlineUpsert {

    private static final Logger LOG = LoggerFactory.getLogger(KlineUpsert.class);

    private static final List<String> KEY = List.of("symbol", "interval_code", "open_time");

    private static final List<String> CONTENT =
            List.of(
                    "close_time",
                    "open",
                    "high",
                    "low",
                    "close",
                    "volume",
                    "quote_volume",
                    "taker_buy_volume",
                    "taker_buy_quote_volume",
                    "first_trade_time",
                    "first_trade_id",
                    "last_trade_id");

    private static final List<String> VERSION =
            List.of("closed", "version_trade_id", "last_trade_time", "trade_count", "revision");

    /** The statement; its parameters are set by {@link #bind}. */
    public static final String SQL = sql();

    /** Fraction digits of a price or volume in the table. */
    public static final int SCALE = 18;

    private static final BigDecimal MAX =
            BigDecimal.TEN.pow(20).subtract(BigDecimal.ONE.movePointLeft(SCALE));

    private KlineUpsert() {}

    /** Sets the parameters of {@link #SQL}. */
    public static void bind(PreparedStatement statement, Candle candle) throws SQLException {
        int i = 0;
        statement.setString(++i, candle.symbol());
        statement.setString(++i, candle.interval());
        statement.setLong(++i, candle.openTime());
        statement.setLong(++i, candle.closeTime());
        statement.setBigDecimal(++i, candle.open());
        statement.setBigDecimal(++i, candle.high());
        statement.setBigDecimal(++i, candle.low());
        statement.setBigDecimal(++i, candle.close());
        statement.setBigDecimal(++i, fitted(candle.volume(), candle));
        statement.setBigDecimal(++i, fitted(candle.quoteVolume(), candle));
        statement.setBigDecimal(++i, fitted(candle.takerBuyVolume(), candle));
        statement.setBigDecimal(++i, fitted(candle.takerBuyQuoteVolume(), candle));
        statement.setLong(++i, candle.firstTime());
        statement.setLong(++i, candle.firstTradeId());
        statement.setLong(++i, candle.lastTradeId());
        statement.setBoolean(++i, candle.closed());
        statement.setLong(++i, candle.lastId());
        statement.setLong(++i, candle.lastTime());
        statement.setLong(++i, candle.count());
        statement.setLong(++i, candle.revision());
    }

    /**
     * The value as a DECIMAL(38,18) holds it. Products of price and quantity may have up to 36
     * fraction digits and sums more than 20 integer digits; the first is rounded half up, the
     * second is set to the largest value, since leaving the candle out would leave a hole.
     */
    public static BigDecimal inColumn(BigDecimal value) {
        return rounded(value).min(MAX);
    }

    private static BigDecimal rounded(BigDecimal value) {
        return value.scale() <= SCALE ? value : value.setScale(SCALE, RoundingMode.HALF_UP);
    }

    /** The same, logged if it is too large. */
    private static BigDecimal fitted(BigDecimal value, Candle candle) {
        if (rounded(value).compareTo(MAX) > 0) {
            LOG.error(
                    "A volume of {} {} {} does not fit into DECIMAL(38,18): {}",
                    candle.symbol(),
                    candle.interval(),
                    candle.openTime(),
                    value.toPlainString());
        }
        return inColumn(value);
    }

    private static String sql() {
        List<String> columns = Stream.of(KEY, CONTENT, VERSION).flatMap(List::stream).toList();
        return "INSERT INTO kline ("
                + String.join(", ", columns)
                + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", "))
                + ") ON DUPLICATE KEY UPDATE "
                + Stream.of(CONTENT, VERSION)
                        .flatMap(List::stream)
                        .map(
                                column ->
                                        column
                                                + " = IF("
                                                + isTaken(column)
                                                + ", VALUES("
                                                + column
                                                + "), "
                                                + column
                                                + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String isTaken(String column) {
        // A row comparison goes from left to right, as versions do.
        String isNotOlder =
                "(VALUES(revision), VALUES(trade_count), VALUES(last_trade_time),"
                        + " VALUES(version_trade_id), VALUES(closed))"
                        + " >= (revision, trade_count, last_trade_time, version_trade_id, closed)";
        // Candles that were taken over from Redis do not know it. The row does, of the same trade.
        return column.equals("first_trade_time")
                ? isNotOlder
                        + " AND (VALUES(first_trade_time) >= 0"
                        + " OR VALUES(first_trade_id) <> first_trade_id)"
                : isNotOlder;
    }
}
