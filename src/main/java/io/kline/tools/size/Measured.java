package io.kline.tools.size;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.size.CpuMeasurement.Feed;
import io.kline.tools.size.CpuMeasurement.Used;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.SqlFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
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
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Feed QUIET = new Feed(1, 1);
    private static final Feed HOT = new Feed(20, 1_000);
    private static final Feed WIDE = new Feed(300, 300);
    private static final int PAST_SYMBOLS = 10;
    private static final double MICROS = 1e6;

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

    void cpu(CpuMeasurement measurement) throws Exception {
        LocalCluster.Job live = measurement.live();
        Used quiet = measurement.measure(QUIET, WARM_UP, TIME);
        // What Flink and Redis use without work is in the costs: it was measured while the compiler
        // still worked, and would be too much to take away.
        Used hot = measurement.measure(HOT, WARM_UP, TIME);
        Used wide = measurement.measure(WIDE, WARM_UP, TIME);
        // Two loads, two unknowns: what a trade costs, and what a candle costs.
        double determinant = hot.trades() * wide.published() - wide.trades() * hot.published();
        line(
                UnitCost.LIVE_TRADE,
                MICROS
                        * (hot.jobs() * wide.published() - wide.jobs() * hot.published())
                        / determinant);
        line(
                UnitCost.LIVE_CANDLE,
                MICROS * (hot.trades() * wide.jobs() - wide.trades() * hot.jobs()) / determinant);
        line(UnitCost.REDIS_CANDLE, MICROS * wide.redis() / wide.published());

        LocalCluster.Job standby = measurement.live();
        out.println("with a second live job:");
        measurement.measure(WIDE, WARM_UP, TIME);
        measurement.end(standby);

        CpuMeasurement.PerRow row =
                measurement.history(
                        live, PAST_SYMBOLS, Duration.ofDays(1), quiet.jobs() / quiet.seconds());
        line(UnitCost.MYSQL_ROW, MICROS * row.mysql());
        line(UnitCost.HISTORY_ROW, MICROS * row.history());
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
