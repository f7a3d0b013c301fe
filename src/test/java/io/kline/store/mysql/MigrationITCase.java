package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.testing.CandleBuilder;
import io.kline.testing.Database;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.SqlFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sql/migrate-2.sql} on tables of the first version that hold rows. */
class MigrationITCase {

    private static final Path MIGRATION = Path.of("sql/migrate-2.sql");

    /** What the first version had written: two trades in minute 1, none in minute 2. */
    private static final Candle TRADED =
            CandleBuilder.candle("BTCUSDT", "1m", 60_000)
                    .price("1.5")
                    .count(2)
                    .first(7)
                    .last(61_000, 8)
                    .build();

    private static final Candle FLAT =
            CandleBuilder.candle("BTCUSDT", "1m", 120_000)
                    .price("1.5")
                    .flat()
                    .last(61_000, 8)
                    .build();

    private Database database;

    @BeforeEach
    void create() throws Exception {
        database = Servers.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema-1.sql", "schema-1-first-trade-time.sql"})
    void rowsAreKeptAndGuardedByTheirVersions(String layout) throws Exception {
        toFirstVersion(layout);
        migrate();

        assertThat(candles()).containsExactly(TRADED, FLAT);
        Candle lower = CandleBuilder.like(TRADED).price("9").count(1).build();
        write(lower);
        assertThat(candles()).containsExactly(TRADED, FLAT);
        Candle more = CandleBuilder.like(TRADED).price("9").count(3).first(60_500, 7).build();
        write(more);
        assertThat(candles()).containsExactly(more, FLAT);
        Candle rebuilt = CandleBuilder.like(lower).first(60_500, 7).revision(1).build();
        write(rebuilt);
        write(more);
        assertThat(candles()).containsExactly(rebuilt, FLAT);
    }

    @Test
    void symbolsOfAnyScriptFit() throws Exception {
        toFirstVersion("schema-1.sql");
        migrate();
        Candle other = CandleBuilder.candle("币安人生USDT", "1m", 60_000).build();
        write(other);
        assertThat(candles()).containsExactly(TRADED, FLAT, other);
    }

    @Test
    void correctionsOfTheFirstVersionStandForOneExecution() throws Exception {
        toFirstVersion("schema-1.sql");
        sql(
                "INSERT INTO kline_correction (symbol, interval_code, open_time, trade_id, price,"
                        + " quantity, trade_time, is_buyer_maker)"
                        + " VALUES ('BTCUSDT', '1m', 60000, 7, 1.5, 1, 60500, TRUE)");
        migrate();
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(CorrectionLedger.INSERT)) {
            CorrectionLedger.bind(
                    insert,
                    new LateTrade(
                            "1m",
                            60_000,
                            Trades.trade("币安人生USDT", 1, "1970-01-01T00:01:00Z", "1"),
                            false,
                            Long.MAX_VALUE,
                            true,
                            LateTrade.UNKNOWN,
                            false));
            insert.executeUpdate();
        }
        assertThat(rows("SELECT symbol, trade_id, executions FROM kline_correction ORDER BY 1"))
                .containsExactly("BTCUSDT 7 1", "币安人生USDT 1 1");
    }

    @Test
    void theTablesBecomeThoseOfANewDatabaseAndStayThem() throws Exception {
        List<String> expected = layout();
        toFirstVersion("schema-1.sql");
        assertThat(layout()).isNotEqualTo(expected);
        migrate();
        assertThat(layout()).containsExactlyInAnyOrderElementsOf(expected);
        List<String> before = rows("SHOW CREATE TABLE kline");
        migrate();
        assertThat(layout()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows("SHOW CREATE TABLE kline")).isEqualTo(before);
        assertThat(candles()).containsExactly(TRADED, FLAT);
    }

    @Test
    void aDatabaseWithoutTablesStaysEmpty() throws Exception {
        sql("DROP TABLE kline");
        sql("DROP TABLE kline_correction");
        sql("DROP TABLE kline_restated");
        migrate();
        assertThat(layout()).isEmpty();
    }

    private void toFirstVersion(String layout) throws Exception {
        sql("DROP TABLE kline");
        sql("DROP TABLE kline_correction");
        SqlFile.run(
                Path.of("src/test/resources/io/kline/store/mysql").resolve(layout),
                database.url(),
                EmbeddedMariaDb.ROOT,
                "");
        for (Candle candle : List.of(TRADED, FLAT)) {
            sql(
                    ("INSERT INTO kline (symbol, interval_code, open_time, close_time, open, high,"
                                    + " low, close, volume, quote_volume, taker_buy_volume,"
                                    + " taker_buy_quote_volume, trade_count, first_trade_id,"
                                    + " last_trade_id, last_trade_time, version_trade_id, closed)"
                                    + " VALUES ('BTCUSDT', '1m', %d, %d, 1.5, 1.5, 1.5, 1.5,"
                                    + " %4$s, %4$s, %4$s, %4$s, %3$d, %5$d, %6$d, 61000, 8, TRUE)")
                            .formatted(
                                    candle.openTime(),
                                    candle.closeTime(),
                                    candle.count(),
                                    candle.volume(),
                                    candle.firstTradeId(),
                                    candle.lastTradeId()));
        }
    }

    private void migrate() throws Exception {
        SqlFile.run(MIGRATION, database.url(), EmbeddedMariaDb.ROOT, "");
    }

    /** The columns of both tables but for their order and comments. */
    private List<String> layout() throws SQLException {
        return rows(
                "SELECT table_name, column_name, column_type, is_nullable, column_default,"
                        + " collation_name, column_key, extra FROM information_schema.columns"
                        + " WHERE table_schema = DATABASE()");
    }

    private List<Candle> candles() throws SQLException {
        TreeSet<CandleKey> keys = new TreeSet<>();
        for (String symbol : List.of("BTCUSDT", "币安人生USDT")) {
            keys.add(new CandleKey(symbol, "1m", 60_000));
            keys.add(new CandleKey(symbol, "1m", 120_000));
        }
        List<Candle> candles = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                KlineSelect.byKey(keys) + " ORDER BY symbol, open_time")) {
            KlineSelect.bind(select, keys);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                candles.add(KlineSelect.read(row));
            }
        }
        return candles;
    }

    private void write(Candle candle) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement upsert = connection.prepareStatement(KlineUpsert.SQL)) {
            KlineUpsert.bind(upsert, candle);
            upsert.executeUpdate();
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(values.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            }
        }
        return rows;
    }
}
