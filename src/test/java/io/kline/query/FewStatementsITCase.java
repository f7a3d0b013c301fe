package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Servers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What questions cost MySQL. */
class FewStatementsITCase {

    private static final int SYMBOLS = 2_000;

    /** The driver asks for a few things itself, for each connection of the pool. */
    private static final int NOISE = 20;

    private static final long DAY = 86_400_000;
    private static final Interval INTERVAL = CandleStores.intervals("1d").get(0);
    private static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochMilli(10 * DAY));

    private CandleStores stores;
    private Connection mysql;

    @BeforeEach
    void open() throws Exception {
        stores = new CandleStores(Servers.redis().address(), Servers.newDatabase());
        stores.redis.flushAll();
        mysql = stores.database.connect();
    }

    @AfterEach
    void close() throws Exception {
        mysql.close();
        stores.close();
    }

    @Test
    void thousandsOfSymbolsAreReadByAFew() throws Exception {
        List<String> symbols =
                IntStream.range(0, SYMBOLS).mapToObj("S%04d币USDT"::formatted).toList();
        stores.toMysql(symbols.stream().map(symbol -> candle(symbol, 1)).toList());
        try (MysqlReads reads = MysqlReads.open(stores.settings())) {
            reads.check();
            long before = selects();
            assertThat(reads.symbols(List.of())).isEqualTo(symbols);
            assertThat(selects() - before).isLessThan(3 * NOISE);
            before = selects();
            assertThat(reads.symbols(symbols.subList(0, SYMBOLS - 1))).isEqualTo(symbols);
            assertThat(selects() - before).isLessThan(NOISE);
        }
    }

    @Test
    void noSymbolsAreNone() throws Exception {
        try (MysqlReads reads = MysqlReads.open(stores.settings())) {
            assertThat(reads.symbols(List.of("GONE"))).isEmpty();
        }
    }

    /** One that rests, one that lives, and one that Redis has lost. */
    @Test
    void symbolsThatRestAreAskedForOnce() throws Exception {
        stores.toLatest(candle("LIVE", 10));
        stores.toLatest(candle("RESTS", 3));
        stores.toMysql(List.of(candle("RESTS", 4), candle("LOST", 5)));
        stores.redis.sadd("kline:symbols", "LOST");
        try (CandleQuery query = CandleQuery.open(stores.settings(), NOW)) {
            List<Candle> expected =
                    List.of(candle("LIVE", 10), candle("LOST", 5), candle("RESTS", 4));
            assertThat(query.latestOfAll(INTERVAL).value()).isEqualTo(expected);
            long before = selects();
            for (int i = 0; i < 2 * NOISE; i++) {
                assertThat(query.latestOfAll(INTERVAL).value()).isEqualTo(expected);
            }
            assertThat(selects() - before).isLessThan(NOISE);
            stores.toLatest(candle("RESTS", 6));
            assertThat(query.latestOfAll(INTERVAL).value()).contains(candle("RESTS", 6));
        }
    }

    /** A symbol costs a jump or three, however many candles it has. */
    @Test
    void manyCandlesOfASymbolAreNotReadForItsName() throws Exception {
        int candles = 3_000;
        stores.toMysql(IntStream.range(0, candles).mapToObj(day -> candle("ONE", day)).toList());
        stores.toMysql(IntStream.range(0, candles).mapToObj(day -> candle("TWO", day)).toList());
        try (MysqlReads reads = MysqlReads.open(stores.settings())) {
            reads.check();
            long before = rowsRead();
            assertThat(reads.symbols(List.of())).containsExactly("ONE", "TWO");
            assertThat(rowsRead() - before).isLessThan(candles / 10);
        }
    }

    private long rowsRead() throws Exception {
        try (Statement statement = mysql.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SHOW GLOBAL STATUS WHERE Variable_name IN"
                                        + " ('Handler_read_next', 'Handler_read_rnd_next')")) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(2);
            }
            return sum;
        }
    }

    /** Of all clients, this one included. */
    private long selects() throws Exception {
        try (Statement statement = mysql.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_select'")) {
            row.next();
            return row.getLong(2);
        }
    }

    private static Candle candle(String symbol, long day) {
        return CandleBuilder.candle(symbol, "1d", day * DAY).build();
    }
}
