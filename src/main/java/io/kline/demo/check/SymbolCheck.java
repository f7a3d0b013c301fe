package io.kline.demo.check;

import io.kline.model.Candle;
import io.kline.model.Trade;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Checks all candles of one symbol. */
final class SymbolCheck {

    private static final String MINUTE = "1m";

    private final RedisCandles redis;
    private final MysqlCandles mysql;
    private final List<OpenTimes> intervals;
    private final int historySize;
    private final int kept;

    /**
     * @param historySize how many klines Redis keeps before the latest
     * @param kept how many violations of a symbol are kept, the others only counted
     */
    SymbolCheck(
            RedisCandles redis,
            MysqlCandles mysql,
            List<OpenTimes> intervals,
            int historySize,
            int kept) {
        this.redis = redis;
        this.mysql = mysql;
        // The minutes come first: the larger candles are folds of them.
        this.intervals =
                intervals.stream().sorted(Comparator.comparingLong(OpenTimes::length)).toList();
        this.historySize = historySize;
        this.kept = kept;
    }

    /**
     * Reads both stores and compares.
     *
     * @param isKnown whether the symbol is in the set of known symbols
     * @param trades all distinct trades by (time, id), or null if they are not known
     */
    SymbolResult check(String symbol, boolean isKnown, List<Trade> trades) throws SQLException {
        Findings findings = new Findings(kept);
        if (!isKnown) {
            report(findings, symbol, "not among the known symbols");
        }
        Map<String, RedisSeries> raw =
                redis.of(symbol, intervals.stream().map(OpenTimes::code).toList());
        mysql.renew();
        Map<String, MysqlCandles.Range> ranges = mysql.ranges(symbol);
        boolean anyKline =
                raw.values().stream()
                        .anyMatch(one -> one.latest() != null || !one.history().isEmpty());
        if (!anyKline && ranges.isEmpty()) {
            report(findings, symbol, "no candles");
            return new SymbolResult(findings, 0, 0, trades == null ? 0 : trades.size());
        }
        return new Pass(symbol, raw, ranges, trades, findings).run();
    }

    private static void report(Findings findings, String symbol, String what) {
        findings.add(new Violation(Invariant.COMPLETE, symbol, null, null, what, null, null, null));
    }

    /** One reading of one symbol. */
    private final class Pass {

        private final String symbol;
        private final Map<String, RedisSeries> raw;
        private final Map<String, MysqlCandles.Range> ranges;
        private final List<Trade> trades;
        private final Findings findings;
        private final Map<String, NavigableMap<Long, Candle>> histories = new HashMap<>();
        private final Map<String, Candle> latest = new HashMap<>();
        private long rows;
        private long klines;

        private Pass(
                String symbol,
                Map<String, RedisSeries> raw,
                Map<String, MysqlCandles.Range> ranges,
                List<Trade> trades,
                Findings findings) {
            this.symbol = symbol;
            this.raw = raw;
            this.ranges = ranges;
            this.trades = trades;
            this.findings = findings;
        }

        private SymbolResult run() throws SQLException {
            for (OpenTimes times : intervals) {
                SoundCandles sound = new SoundCandles(symbol, times, findings);
                RedisSeries series = raw.get(times.code());
                histories.put(times.code(), sound.history(series.history()));
                latest.put(times.code(), sound.latest(series.latest()));
                klines += series.history().size() + (series.latest() == null ? 0 : 1);
            }
            Bounds bounds = new Bounds(first(), reached());
            RollUp rollUp = null;
            for (OpenTimes times : intervals) {
                Series series = series(times);
                List<Both> candles = series.merged();
                RedisSeries inRedis = raw.get(times.code());
                new Completeness(series, bounds, historySize, findings)
                        .check(inRedis.history().size(), inRedis.latest() != null);
                ExpectedCandles expected =
                        trades == null ? null : new ExpectedCandles(times, trades);
                Set<Long> wrong = new Values(series, expected, findings).check(candles);
                if (times.code().equals(MINUTE)) {
                    rollUp = new RollUp(times, candles, wrong, bounds, findings);
                } else if (rollUp != null) {
                    rollUp.check(series, candles, wrong);
                }
            }
            return new SymbolResult(findings, rows, klines, trades == null ? 0 : trades.size());
        }

        private Series series(OpenTimes times) throws SQLException {
            List<Candle> all = mysql.of(symbol, times.code());
            rows += all.size();
            return new Series(
                    symbol,
                    times,
                    new SoundCandles(symbol, times, findings).rows(all),
                    histories.get(times.code()),
                    latest.get(times.code()));
        }

        /** A time in the first candle: of the first trade, else the oldest short candle's. */
        private Long first() {
            if (trades != null && !trades.isEmpty()) {
                return trades.get(0).time();
            }
            String finest = intervals.get(0).code();
            NavigableMap<Long, Candle> history = histories.get(finest);
            Long oldest = history.isEmpty() ? null : history.firstKey();
            MysqlCandles.Range range = ranges.get(finest);
            if (range != null) {
                return oldest == null ? range.first() : Math.min(oldest, range.first());
            }
            if (history.size() >= historySize) {
                return null;
            }
            Candle newest = latest.get(finest);
            return oldest == null && newest != null ? Long.valueOf(newest.openTime()) : oldest;
        }

        /** The latest time that any candle or trade shows. */
        private long reached() {
            long reached =
                    trades == null || trades.isEmpty()
                            ? Long.MIN_VALUE
                            : trades.get(trades.size() - 1).time();
            for (OpenTimes times : intervals) {
                NavigableMap<Long, Candle> history = histories.get(times.code());
                Candle newest = latest.get(times.code());
                MysqlCandles.Range range = ranges.get(times.code());
                if (!history.isEmpty()) {
                    reached = Math.max(reached, history.lastKey());
                }
                if (newest != null) {
                    reached = Math.max(reached, newest.openTime());
                }
                if (range != null && times.isOpen(range.last())) {
                    reached = Math.max(reached, range.last());
                }
            }
            return reached;
        }
    }
}
