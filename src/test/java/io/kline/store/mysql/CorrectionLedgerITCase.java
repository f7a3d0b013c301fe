package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.testing.Database;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The statements of the ledger on a real server. */
class CorrectionLedgerITCase {

    private static final CandleKey A = new CandleKey("A", "1m", 60_000);
    private static final CandleKey B = new CandleKey("币安人生USDT", "1m", 60_000);

    @Test
    void sumsTheExecutionsOfEachCandle() throws Exception {
        Database database = Servers.newDatabase();
        try (Connection connection = database.connect()) {
            insert(connection, A, 1, 1);
            insert(connection, A, 5, 9);
            insert(connection, A.at(120_000), 10, 11);
            insert(connection, new CandleKey("A", "3m", 60_000), 1, 100);
            insert(connection, B, 3, 6);

            assertThat(sums(connection, A)).isEqualTo(Map.of(A, 6L));
            assertThat(sums(connection, A, A.at(120_000), A.at(180_000), B))
                    .isEqualTo(Map.of(A, 6L, A.at(120_000), 2L, B, 4L));
            assertThat(sums(connection, A.at(0))).isEmpty();
        }
    }

    private static void insert(Connection connection, CandleKey candle, long first, long last)
            throws SQLException {
        Trade trade =
                new Trade(
                        candle.symbol(),
                        first,
                        last,
                        BigDecimal.ONE,
                        BigDecimal.ONE,
                        candle.openTime(),
                        false);
        try (PreparedStatement insert = connection.prepareStatement(CorrectionLedger.INSERT)) {
            CorrectionLedger.bind(
                    insert,
                    new LateTrade(
                            candle.interval(),
                            candle.openTime(),
                            trade,
                            false,
                            Long.MAX_VALUE,
                            true,
                            LateTrade.UNKNOWN,
                            false));
            insert.executeUpdate();
        }
    }

    private static Map<CandleKey, Long> sums(Connection connection, CandleKey... candles)
            throws SQLException {
        TreeSet<CandleKey> keys = new TreeSet<>(List.of(candles));
        Map<CandleKey, Long> sums = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(CorrectionLedger.sum(keys))) {
            KlineSelect.bind(select, keys);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                sums.put(
                        new CandleKey(row.getString(1), row.getString(2), row.getLong(3)),
                        row.getLong(4));
            }
        }
        return sums;
    }
}
