package io.kline.tools.size;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.SqlFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** Measures the unit costs anew, and prints each beside the one that is computed with. */
final class Measured {

    private static final int HISTORY = 1_500;
    private static final int ROWS = 100_000;
    private static final int HEAP_SYMBOLS = 200;
    private static final int MINUTES = 30;

    private final PrintWriter out;

    Measured(PrintWriter out) {
        this.out = out;
    }

    void bytes() throws Exception {
        KlineOptions options = new OptionsReader(Map.of()).read("size.sh").orElseThrow();
        Rules rules =
                new Rules(
                        options.kline.intervals(),
                        options.kline.allowedLateness.toMillis(),
                        options.kline.carryFor.toMillis());
        StateBytes state = StateBytes.of(rules, MINUTES);
        line(UnitCost.STATE_SYMBOL, state.symbol());
        line(UnitCost.STATE_SERIES, state.series());
        line(UnitCost.STATE_HELD, state.held());
        line(UnitCost.HEAP_STATE, heapPerByte(rules));
        line(UnitCost.REDIS_WRITE, ByteMeasurement.redisWrite(rules.intervals()));
        line(UnitCost.KAFKA_TRADE, ByteMeasurement.kafkaTrade());
        line(UnitCost.KAFKA_KLINE, ByteMeasurement.kafkaKline());
        try (EmbeddedRedis server = EmbeddedRedis.temporary()) {
            server.start();
            try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
                ByteMeasurement.RedisBytes redisBytes = ByteMeasurement.redis(redis, HISTORY);
                line(UnitCost.REDIS_MEMBER, redisBytes.member());
                line(UnitCost.REDIS_SERIES, redisBytes.series());
            }
        }
        try (EmbeddedMariaDb server = EmbeddedMariaDb.temporary()) {
            server.start();
            String url = server.jdbcUrl(EmbeddedMariaDb.DATABASE);
            SqlFile.run(Path.of("sql/schema.sql"), url, EmbeddedMariaDb.ROOT, "");
            try (Connection connection =
                    DriverManager.getConnection(
                            url + "?rewriteBatchedStatements=true", EmbeddedMariaDb.ROOT, "")) {
                line(UnitCost.MYSQL_BYTES, ByteMeasurement.mysqlRow(connection, ROWS));
            }
        }
    }

    /** Heap of symbols as the job holds them, per byte of their checkpoint. */
    private static double heapPerByte(Rules rules) throws Exception {
        List<SymbolCandles> held = new ArrayList<>();
        long before = heap();
        for (int i = 0; i < HEAP_SYMBOLS; i++) {
            held.add(ByteMeasurement.symbol("SIZE%04dUSDT".formatted(i), rules, MINUTES));
        }
        double bytes = heap() - before;
        return bytes / HEAP_SYMBOLS / ByteMeasurement.checkpoint(held.get(HEAP_SYMBOLS - 1));
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void line(UnitCost cost, double measured) {
        out.printf(
                Locale.ROOT,
                "%-60s %8.1f %-5s  computed with %.1f%n",
                cost.text(),
                measured,
                cost.unit(),
                cost.value());
        out.flush();
    }
}
