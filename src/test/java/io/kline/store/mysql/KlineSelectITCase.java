package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked for all symbols must not read all candles. */
class KlineSelectITCase {

    private static final int SYMBOLS = 20;
    private static final int CANDLES = 500;

    @Test
    void newestOfEachAndNextSymbolReadNoMoreThanTheyTell() throws Exception {
        try (CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                Connection mysql = stores.database.connect()) {
            for (int i = 0; i < SYMBOLS; i++) {
                stores.toMysql(candles("S" + (10 + i), "1m"));
                stores.toMysql(candles("S" + (10 + i), "1h").subList(0, 10));
            }
            stores.sql("ANALYZE TABLE kline");

            String two = KlineSelect.newestOfEach(2);
            List<Candle> newest = new ArrayList<>();
            try (PreparedStatement select = mysql.prepareStatement(two)) {
                for (int i = 0; i < 4; i++) {
                    select.setString(i + 1, List.of("S10", "1m", "S29", "1m").get(i));
                }
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    newest.add(KlineSelect.read(rows));
                }
            }
            assertThat(newest.stream().map(Candle::symbol)).containsExactly("S10", "S29");
            assertThat(newest.stream().map(Candle::openTime)).containsOnly(CANDLES - 1L);
            assertThat(newest.stream().map(Candle::interval)).containsOnly("1m");
            assertThat(newest.get(0).open()).isEqualTo(new BigDecimal("0.00012"));
            assertThat(newest.get(0).high()).isEqualTo(new BigDecimal("100"));

            assertThat(reads(mysql, two, "S10", "1m", "S29", "1m")).isLessThan(20);
            assertThat(reads(mysql, KlineSelect.NEXT_SYMBOL, "S15")).isLessThan(5);
        }
    }

    /** The driver's text of values below one millionth has an exponent. */
    @Test
    void decimalsAreReadExactlyAndWithoutTheZerosOfTheColumn() throws Exception {
        List<String> values =
                List.of("0", "0.0000000001", "0.00000000025", "0.000000000000000001", "100", "0.5");
        try (CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                Connection mysql = stores.database.connect();
                PreparedStatement select = mysql.prepareStatement(KlineSelect.AFTER)) {
            for (int i = 0; i < values.size(); i++) {
                stores.toMysql(
                        List.of(
                                CandleBuilder.candle("A", "1m", i * 60_000L)
                                        .price(values.get(i))
                                        .build()));
            }
            select.setString(1, "A");
            select.setString(2, "1m");
            select.setLong(3, -1);
            select.setInt(4, values.size());
            List<BigDecimal> closes = new ArrayList<>();
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                closes.add(KlineSelect.read(rows).close());
            }
            assertThat(closes).isEqualTo(values.stream().map(BigDecimal::new).toList());
        }
    }

    @Test
    void symbolsOfAnyScriptAreFoundOneByOne() throws Exception {
        List<String> symbols = List.of("ÄUSDT", "AUSDT", "币安人生USDT", "ЖUSDT", "ZUSDT", "𐐀USDT");
        try (CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                Connection mysql = stores.database.connect();
                PreparedStatement next = mysql.prepareStatement(KlineSelect.NEXT_SYMBOL)) {
            for (String symbol : symbols) {
                stores.toMysql(candles(symbol, "1m").subList(0, 2));
            }
            List<String> found = new ArrayList<>();
            for (String last = ""; last != null; ) {
                next.setString(1, last);
                ResultSet row = next.executeQuery();
                last = row.next() ? row.getString(1) : null;
                if (last != null) {
                    found.add(last);
                }
            }
            assertThat(found)
                    .containsExactly("AUSDT", "ZUSDT", "ÄUSDT", "ЖUSDT", "币安人生USDT", "𐐀USDT");
            assertThat(reads(mysql, KlineSelect.NEXT_SYMBOL, "ЖUSDT")).isLessThan(5);
        }
    }

    /** How many rows or index entries the server looks at. */
    private static long reads(Connection mysql, String sql, String... parameters)
            throws SQLException {
        long before = reads(mysql);
        try (PreparedStatement select = mysql.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            select.executeQuery();
        }
        return reads(mysql) - before;
    }

    private static long reads(Connection mysql) throws SQLException {
        try (Statement status = mysql.createStatement()) {
            ResultSet rows = status.executeQuery("SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'");
            long reads = 0;
            while (rows.next()) {
                reads += rows.getString(1).contains("rnd") ? 0 : rows.getLong(2);
            }
            return reads;
        }
    }

    private static List<Candle> candles(String symbol, String interval) {
        BigDecimal price = new BigDecimal("0.00012");
        BigDecimal hundred = new BigDecimal("100");
        return IntStream.range(0, CANDLES)
                .mapToObj(
                        i ->
                                CandleBuilder.candle(symbol, interval, i)
                                        .prices(price, hundred, price, price)
                                        .build())
                .toList();
    }
}
