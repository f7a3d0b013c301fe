package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trades of two exchanges give the exchanges' own candles, in Redis and in MySQL. */
class RecordedTradesITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void binance() throws Exception {
        List<String[]> rows = RecordedTrades.rows("binance-um-trxusdt-klines-1m.csv");
        List<String[]> complete = rows.subList(0, 16);
        try (RunningJobs jobs = start("binance-um-trxusdt-trades.csv", "TRXUSDT")) {
            Await.until(PATIENCE, () -> assertThat(jobs.stored("TRXUSDT", "1m")).hasSize(16));
            assertThat(jobs.recent("TRXUSDT", "1m")).isEqualTo(jobs.stored("TRXUSDT", "1m"));
            List<Candle> stored = jobs.stored("TRXUSDT", "1m");
            for (int i = 0; i < 16; i++) {
                Candle candle = stored.get(i);
                String[] row = complete.get(i);
                assertThat(candle.openTime()).isEqualTo(Long.parseLong(row[0]));
                assertThat(candle.count()).isEqualTo(Long.parseLong(row[7]));
                assertNumber(candle.open(), row[1]);
                assertNumber(candle.high(), row[2]);
                assertNumber(candle.low(), row[3]);
                assertNumber(candle.close(), row[4]);
                assertNumber(candle.volume(), row[5]);
                assertNumber(candle.quoteVolume(), row[6]);
                assertNumber(candle.takerBuyVolume(), row[8]);
                assertNumber(candle.takerBuyQuoteVolume(), row[9]);
            }
            assertEveryInterval(jobs, RecordedTrades.trades("binance-um-trxusdt-trades.csv"));
            jobs.awaitMetric(jobs.live, "ignored", 1);
            assertThat(jobs.restarts(jobs.live)).isZero();
        }
    }

    @Test
    void krakenOverMidnight() throws Exception {
        List<String[]> rows = RecordedTrades.rows("kraken-xbtusdt-klines-1m.csv");
        List<Trade> trades = RecordedTrades.trades("kraken-xbtusdt-trades.csv");
        try (RunningJobs jobs = start("kraken-xbtusdt-trades.csv", "XBTUSDT")) {
            Await.until(PATIENCE, () -> assertThat(jobs.stored("XBTUSDT", "1m")).hasSize(410));
            List<Candle> stored = jobs.stored("XBTUSDT", "1m");
            int traded = 0;
            int flat = 0;
            // The recording began in the middle of its first minute.
            for (Candle candle : stored.subList(1, stored.size())) {
                String[] row =
                        rows.stream()
                                .filter(one -> Long.parseLong(one[0]) == candle.openTime())
                                .findFirst()
                                .orElseThrow();
                assertNumber(candle.open(), row[1]);
                assertNumber(candle.high(), row[2]);
                assertNumber(candle.low(), row[3]);
                assertNumber(candle.close(), row[4]);
                assertNumber(candle.volume(), row[5]);
                assertThat(candle.count()).isEqualTo(Long.parseLong(row[7]));
                if (candle.isFlat()) {
                    flat++;
                } else {
                    traded++;
                }
            }
            assertThat(flat).isEqualTo(137);
            assertThat(traded).isEqualTo(272);
            assertEveryInterval(jobs, trades);
        }
    }

    private RunningJobs start(String file, String symbol) throws Exception {
        RunningJobs jobs =
                RunningJobs.start(RunningJobs.Stores.shared(), folder, "--kline.ticks", "off");
        try (var redis = jobs.redis()) {
            redis.flushAll();
        }
        jobs.send(symbol, RecordedTrades.events(file));
        return jobs;
    }

    private static void assertEveryInterval(RunningJobs jobs, List<Trade> trades) throws Exception {
        String symbol = trades.get(0).symbol();
        long end = trades.get(trades.size() - 1).time();
        long clock = end - jobs.options.kline.outOfOrderness.toMillis();
        for (Interval interval : jobs.options.kline.intervals()) {
            List<Candle> expected = NaiveCandles.of(trades, interval, end, clock);
            jobs.awaitStored(PATIENCE, symbol, interval.code(), expected);
        }
    }

    private static void assertNumber(BigDecimal actual, String expected) {
        assertThat(actual).isEqualByComparingTo(expected);
    }
}
