package io.kline.tools.export;

import io.kline.model.Candle;
import io.kline.store.mysql.KlineSelect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The closed candles of one symbol and interval in MySQL, page by page. */
final class ClosedCandles {

    private static final int PAGE = 10_000;

    private final Connection connection;
    private final String symbol;
    private final String interval;

    ClosedCandles(Connection connection, String symbol, String interval) {
        this.connection = connection;
        this.symbol = symbol;
        this.interval = interval;
    }

    /** Takes candles, one after the other. */
    @FunctionalInterface
    interface Each {
        void take(Candle candle) throws IOException;
    }

    /**
     * Reads those that open in a stretch of time, oldest first, and returns how many.
     *
     * @param from its first ms
     * @param to the first ms behind it
     */
    long read(long from, long to, Each each) throws SQLException, IOException {
        long count = 0;
        long next = from;
        try (PreparedStatement select = connection.prepareStatement(KlineSelect.OLDEST)) {
            int read = PAGE;
            while (read == PAGE) {
                select.setString(1, symbol);
                select.setString(2, interval);
                select.setLong(3, next);
                select.setLong(4, to - 1);
                select.setInt(5, PAGE);
                read = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Candle candle = KlineSelect.read(rows);
                        read++;
                        next = candle.openTime() + 1;
                        if (candle.closed()) {
                            each.take(candle);
                            count++;
                        }
                    }
                }
            }
        }
        return count;
    }
}
