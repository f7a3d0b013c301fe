package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Version;
import io.kline.testing.CandleBuilder;
import io.kline.testing.Database;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real statement on a real server. */
class KlineUpsertITCase {

    private static Database database;
    private static Connection connection;

    @BeforeAll
    static void connect() throws Exception {
        database = Servers.newDatabase();
        connection = database.connect();
    }

    @AfterAll
    static void disconnect() throws Exception {
        connection.close();
    }

    /**
     * Each part of the version decides when those before it are equal, whatever those after it are.
     */
    @ParameterizedTest
    @CsvSource({
        "0,5,100,7,false, 0,6,100,7,false, true",
        "0,5,100,7,true, 0,6,100,7,false, true",
        "0,5,100,7,false, 0,6,50,3,false, true",
        "0,5,100,7,false, 0,4,200,9,true, false",
        "0,5,100,7,false, 0,5,101,1,false, true",
        "0,5,100,7,true, 0,5,101,1,false, true",
        "0,5,100,7,false, 0,5,99,9,true, false",
        "0,5,100,7,false, 0,5,100,8,false, true",
        "0,5,100,7,true, 0,5,100,8,false, true",
        "0,5,100,7,false, 0,5,100,6,true, false",
        "0,5,100,7,false, 0,5,100,7,true, true",
        "0,5,100,7,true, 0,5,100,7,false, false",
        "0,5,100,7,true, 0,5,100,7,true, true",
        "0,0,100,9007199254740993,true, 0,0,100,9007199254740992,true, false",
        "0,5,100,7,true, 1,4,50,3,false, true",
        "1,4,50,3,false, 0,5,100,7,true, false",
        "1,4,50,3,false, 1,3,60,9,true, false",
    })
    void takesTheHigherVersionWhole(
            long r,
            long n,
            long lt,
            long li,
            boolean x,
            long r2,
            long n2,
            long lt2,
            long li2,
            boolean x2,
            boolean taken)
            throws SQLException {
        Candle first = candle("CAS", new Version(r, n, lt, li, x), 1);
        Candle second = candle("CAS", new Version(r2, n2, lt2, li2, x2), 2);
        delete("CAS");
        write(first);
        write(second);
        assertThat(read("CAS")).isEqualTo(row(taken ? second : first));
    }

    @Test
    void twoRacingWritersNeverMakeAReaderSeeAVersionGoBack() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            delete("RACE");
            Version highest = null;
            String expected = null;
            for (int i = 0; i < 60; i++) {
                Version version =
                        new Version(
                                random.nextInt(2),
                                random.nextInt(3),
                                random.nextInt(3),
                                random.nextInt(3),
                                random.nextBoolean());
                // The content belongs to the version, as it does in the job.
                Candle candle = candle("RACE", version, version.hashCode());
                write(candle);
                if (highest == null || version.compareTo(highest) >= 0) {
                    highest = version;
                    expected = row(candle);
                }
                assertThat(read("RACE")).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void holdsTheLimitsOfTheDigits() throws SQLException {
        BigDecimal most = new BigDecimal("99999999999999999999.999999999999999999");
        Candle candle =
                CandleBuilder.candle("LIMIT", "1m", 0)
                        .price(most)
                        .volume(most, most.multiply(most))
                        .takerBuys(new BigDecimal("0.0000000000000000005"), BigDecimal.ZERO)
                        .first(1)
                        .last(1, Long.MAX_VALUE)
                        .revision(Long.MAX_VALUE)
                        .build();
        write(candle);
        assertThat(read("LIMIT"))
                .isEqualTo(
                        "59999 "
                                + most
                                + " "
                                + most
                                + " "
                                + most
                                + " "
                                + most
                                + " "
                                + most
                                + " "
                                + most
                                + " 1E-18 0E-18 1 1 9223372036854775807 1 9223372036854775807 true 9223372036854775807");
    }

    /** Candles that were taken over from Redis do not know it. */
    @Test
    void theTimeOfTheFirstTradeIsThatOfTheFirstTrade() throws SQLException {
        delete("FIRST");
        write(first(20, 10, 1));
        write(first(-1, 10, 2));
        assertThat(firstTime()).as("of the same trade").isEqualTo(20);
        write(first(-1, 9, 3));
        assertThat(firstTime()).as("of another one").isEqualTo(-1);
        write(first(5, 9, 4));
        assertThat(firstTime()).isEqualTo(5);
        write(first(-1, 8, 3));
        assertThat(firstTime()).as("of an older version").isEqualTo(5);
    }

    private static Candle first(long time, long id, long count) {
        return CandleBuilder.candle("FIRST", "1m", 0).first(time, id).count(count).build();
    }

    private static long firstTime() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row =
                        select.executeQuery(
                                "SELECT first_trade_time FROM kline WHERE symbol = 'FIRST'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Candle candle(String symbol, Version version, int content) {
        BigDecimal value = BigDecimal.valueOf(content & 0xFFFF);
        return CandleBuilder.candle(symbol, "1m", 0)
                .price(value)
                .volume(value, value)
                .takerBuys(value, value)
                .count(version.count())
                .first(content)
                .last(version.lastTime(), version.lastId())
                .closed(version.closed())
                .revision(version.revision())
                .build();
    }

    private static String row(Candle candle) {
        String value = candle.open().setScale(18) + " ";
        return candle.closeTime()
                + " "
                + value.repeat(8)
                + candle.count()
                + " "
                + candle.firstTradeId()
                + " "
                + candle.lastTradeId()
                + " "
                + candle.lastTime()
                + " "
                + candle.lastId()
                + " "
                + candle.closed()
                + " "
                + candle.revision();
    }

    private static void write(Candle candle) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(KlineUpsert.SQL)) {
            KlineUpsert.bind(upsert, candle);
            upsert.executeUpdate();
        }
    }

    private static void delete(String symbol) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM kline WHERE symbol = ?")) {
            delete.setString(1, symbol);
            delete.executeUpdate();
        }
    }

    private static String read(String symbol) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT close_time, open, high, low, close, volume, quote_volume, taker_buy_volume,"
                                + " taker_buy_quote_volume, trade_count, first_trade_id, last_trade_id,"
                                + " last_trade_time, version_trade_id, closed, revision FROM kline WHERE symbol = ?")) {
            select.setString(1, symbol);
            try (ResultSet result = select.executeQuery()) {
                result.next();
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= 14; i++) {
                    row.append(result.getString(i)).append(' ');
                }
                return row.append(result.getBoolean(15))
                        .append(' ')
                        .append(result.getLong(16))
                        .toString();
            }
        }
    }
}
