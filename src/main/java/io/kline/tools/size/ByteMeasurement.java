package io.kline.tools.size;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.state.KlineTypes;
import io.kline.store.KlineJson;
import io.kline.store.TradeJson;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.bench.BusyCandles;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** Measures the unit costs that are bytes: the same wherever it runs. */
final class ByteMeasurement {

    private static final String SYMBOL = "SIZE0001USDT";
    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final int SEED = 1;
    private static final int MOST_IN_CALL = 256;
    private static final int BATCH = 1_000;

    /** Few enough that each has many pages of the table. */
    private static final int SYMBOLS = 100;

    private static final int RECORDS = 100;

    /** A full minute. */
    private static final long NOW = 1_764_288_000_000L;

    private ByteMeasurement() {}

    /**
     * Memory of Redis for a series that the script has filled.
     *
     * @param member bytes of a kline of the history
     * @param series bytes of everything else
     */
    record RedisBytes(double member, double series) {}

    private static KlineScript script(int history) {
        RedisSettings one = RedisSettings.single("localhost:6379", history);
        return new KlineScript(one, false);
    }

    /** What a history of that many klines takes; {@code redis} is emptied. */
    static RedisBytes redis(Jedis redis, int history) {
        redis.flushAll();
        KlineScript script = script(history);
        redis.scriptLoad(script.text());
        List<Candle> candles = candles(history + 1);
        for (int from = 0; from < candles.size(); from += MOST_IN_CALL) {
            List<Candle> part =
                    candles.subList(from, Math.min(candles.size(), from + MOST_IN_CALL));
            Call call = script.call(new ChangedCandles(SYMBOL, part));
            redis.sendCommand(Command.EVALSHA, call.args().get());
        }
        String key = RedisKeys.history(SYMBOL, MINUTE.code());
        if (redis.zcard(key) != history) {
            throw new AssertionError(key + " has " + redis.zcard(key) + " klines");
        }
        return new RedisBytes(
                (double) redis.memoryUsage(key, 0) / history,
                redis.memoryUsage(RedisKeys.latest(SYMBOL, MINUTE.code())));
    }

    /** Bytes of a call of the script per candle, of a symbol with that many intervals. */
    static double redisWrite(List<Interval> intervals) {
        Random random = new Random(SEED);
        List<Candle> candles =
                intervals.stream()
                        .filter(each -> each.unit() != Interval.Unit.MONTH)
                        .map(each -> BusyCandles.candle(SYMBOL, each, NOW, 0, random))
                        .toList();
        long bytes = 0;
        for (byte[] part : script(1).call(new ChangedCandles(SYMBOL, candles)).args().get()) {
            bytes += part.length;
        }
        return (double) bytes / candles.size();
    }

    /**
     * Disk of a row, of the table's data and indexes.
     *
     * @param connection to a database with an empty table {@code kline}
     */
    static double mysqlRow(Connection connection, int rows) throws SQLException {
        Random random = new Random(SEED);
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(KlineUpsert.SQL)) {
            // As the job writes them: of every symbol the next candle.
            for (int i = 0; i < rows; i++) {
                String symbol = "SIZE%04dUSDT".formatted(i % SYMBOLS);
                int age = (rows - i) / SYMBOLS + 1;
                KlineUpsert.bind(insert, BusyCandles.candle(symbol, MINUTE, NOW, age, random));
                insert.addBatch();
                if (i % BATCH == BATCH - 1) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE TABLE kline");
            try (ResultSet result =
                    statement.executeQuery(
                            "SELECT data_length + index_length FROM information_schema.tables"
                                    + " WHERE table_schema = DATABASE() AND table_name = 'kline'")) {
                result.next();
                return result.getDouble(1) / rows;
            }
        }
    }

    /** Bytes of a record of a trade in a batch of a hundred that is not packed. */
    static double kafkaTrade() {
        return records(
                i -> TradeJson.write(trade(SYMBOL, NOW + i, i), NOW + i), SYMBOL.getBytes(UTF_8));
    }

    /** Bytes of a record of a closed candle in a batch of a hundred that is not packed. */
    static double kafkaKline() {
        List<Candle> candles = candles(RECORDS + 1);
        return records(
                i -> KlineJson.writeEvent(candles.get(i), NOW).getBytes(UTF_8),
                SYMBOL.getBytes(UTF_8));
    }

    private static double records(java.util.function.IntFunction<byte[]> value, byte[] key) {
        SimpleRecord[] records = new SimpleRecord[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = new SimpleRecord(NOW + i, key, value.apply(i));
        }
        return (double) MemoryRecords.withRecords(Compression.NONE, records).sizeInBytes()
                / RECORDS;
    }

    /** A symbol that has traded every second for a time, and whose candles are merged. */
    static SymbolCandles symbol(String symbol, Rules rules, int minutes) {
        SymbolCandles candles = new SymbolCandles(symbol, rules);
        for (int second = 0; second < 60 * minutes; second++) {
            candles.offer(trade(symbol, NOW + second * 1_000L, second), rules);
            candles.merge(NOW + second * 1_000L - 1_000, second, rules, new Nowhere());
        }
        return candles;
    }

    /** Bytes that a symbol takes in a checkpoint. */
    static int checkpoint(SymbolCandles candles) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(1_024);
        KlineTypes.SYMBOL_CANDLES
                .createSerializer((SerializerConfig) null)
                .serialize(candles, bytes);
        return bytes.length();
    }

    private static List<Candle> candles(int count) {
        Random random = new Random(SEED);
        List<Candle> candles = new ArrayList<>(count);
        for (int age = count - 1; age >= 0; age--) {
            candles.add(BusyCandles.candle(SYMBOL, MINUTE, NOW, age, random));
        }
        return candles;
    }

    static Trade trade(String symbol, long time, long id) {
        long first = 4_000_000_000L + id;
        return new Trade(
                symbol,
                first,
                first,
                BigDecimal.valueOf(6_412_345 + id % 1_000, 2),
                BigDecimal.valueOf(12_345 + id % 10_000, 5),
                time,
                id % 2 == 0);
    }

    private static final class Nowhere implements CandleOutput {

        @Override
        public void candle(Candle candle) {}

        @Override
        public void again(Candle candle) {}

        @Override
        public void late(LateTrade trade) {}
    }
}
