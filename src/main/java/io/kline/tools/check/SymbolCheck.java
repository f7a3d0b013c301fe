package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.model.Trade;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** Checks all candles of one symbol. */
final class SymbolCheck {

    private static final String MINUTE = "1m";

    private final RedisKlines redis;
    private final MysqlRows mysql;
    private final SpooledTrades known;
    private final List<OpenTimes> intervals;
    private final long carryFor;
    private final int historySize;
    private final int keptGaps;

    /**
     * @param known trades, or null
     * @param carryFor how long after a trade flat candles open, ms
     * @param historySize how many klines Redis keeps before the latest
     * @param keptGaps how many gaps between executions are kept; 0 for not to look for them
     */
    SymbolCheck(
            RedisKlines redis,
            MysqlRows mysql,
            SpooledTrades known,
            List<OpenTimes> intervals,
            long carryFor,
            int historySize,
            int keptGaps) {
        this.redis = redis;
        this.mysql = mysql;
        this.known = known;
        // The minutes come first: the larger candles are folds of them.
        this.intervals =
                intervals.stream().sorted(Comparator.comparingLong(OpenTimes::length)).toList();
        this.carryFor = carryFor;
        this.historySize = historySize;
        this.keptGaps = keptGaps;
    }

    /**
     * Reads both stores, then what trades came meanwhile, and compares. In this order no store can
     * have a trade that is not known.
     *
     * @param isKnown whether the symbol is in the set of known symbols
     * @param violations that get what is found
     */
    SymbolResult check(String symbol, boolean isKnown, Violations violations)
            throws IOException, SQLException {
        Map<String, RawSeries> raw =
                redis.of(symbol, intervals.stream().map(OpenTimes::code).toList());
        mysql.renew();
        Map<String, MysqlRows.Range> ranges = mysql.ranges(symbol);
        SymbolTrades trades = known == null ? null : known.of(symbol);
        // One that traded only after the check began is the next check's.
        boolean isDue = trades == null || !trades.sure().isEmpty() || trades.newer().isEmpty();
        boolean anyKline =
                raw.values().stream()
                        .anyMatch(one -> one.latest() != null || !one.history().isEmpty());
        if (isDue && !isKnown) {
            report(violations, symbol, "not among the known symbols");
        }
        if (anyKline || !ranges.isEmpty()) {
            return new Pass(symbol, raw, ranges, trades, violations).run();
        }
        if (isDue) {
            report(violations, symbol, "no candles");
        }
        return new SymbolResult(violations, 0, 0, trades, null);
    }

    private static void report(Violations violations, String symbol, String what) {
        violations.add(
                new Violation(Invariant.COMPLETE, Place.symbol(symbol), what, null, null, null));
    }

    /** One reading of one symbol. */
    private final class Pass {

        private final String symbol;
        private final Map<String, RawSeries> raw;
        private final Map<String, MysqlRows.Range> ranges;
        private final SymbolTrades trades;
        private final Violations violations;
        private final Map<String, NavigableMap<Long, Candle>> histories = new HashMap<>();
        private final Map<String, Candle> latest = new HashMap<>();
        private final Stretches required;
        private final Stretches allowed;
        private long rows;
        private long klines;

        private Pass(
                String symbol,
                Map<String, RawSeries> raw,
                Map<String, MysqlRows.Range> ranges,
                SymbolTrades trades,
                Violations violations) {
            this.symbol = symbol;
            this.raw = raw;
            this.ranges = ranges;
            this.trades = trades;
            this.violations = violations;
            required = trades == null ? new Stretches(carryFor) : trades.required(carryFor);
            allowed = trades == null ? required : trades.allowed(carryFor);
        }

        private SymbolResult run() throws SQLException {
            for (OpenTimes times : intervals) {
                SoundCandles sound = new SoundCandles(symbol, times, violations);
                RawSeries series = raw.get(times.code());
                histories.put(times.code(), sound.history(series.history()));
                latest.put(times.code(), sound.latest(series.latest()));
                klines += series.history().size() + (series.latest() == null ? 0 : 1);
            }
            long reached = reached();
            RollUpCheck rollUp = null;
            MissingExecutions gaps = null;
            for (OpenTimes times : intervals) {
                ComparedSeries series = series(times);
                List<StoredPair> candles = series.merged();
                if (trades == null) {
                    // A candle without trades names the one that it carries on.
                    candles.forEach(both -> required.add(both.any().lastTime()));
                }
                if (keptGaps > 0 && gaps == null) {
                    // The first interval is the smallest.
                    gaps =
                            MissingExecutions.of(
                                    symbol,
                                    candles.stream().map(StoredPair::any).toList(),
                                    keptGaps);
                }
                RawSeries inRedis = raw.get(times.code());
                new Completeness(
                                series,
                                new RequiredOpenTimes(required, times),
                                new RequiredOpenTimes(allowed, times),
                                historySize,
                                violations)
                        .check(reached, inRedis.history().size(), inRedis.latest() != null);
                ReferenceCandles expected =
                        trades == null ? null : new ReferenceCandles(times, trades);
                Set<Long> wrong = new ValueCheck(series, expected, violations).check(candles);
                if (times.code().equals(MINUTE)) {
                    rollUp = new RollUpCheck(times, candles, wrong, isWhole(times), violations);
                } else if (rollUp != null) {
                    rollUp.check(series, candles, leftOut(candles, wrong, expected), required);
                }
            }
            return new SymbolResult(violations, rows, klines, trades, gaps);
        }

        /** The wrong ones, and those that changed while they and their minutes were read. */
        private Set<Long> leftOut(
                List<StoredPair> candles, Set<Long> wrong, ReferenceCandles expected) {
            Set<Long> leftOut = new HashSet<>(wrong);
            if (expected != null) {
                candles.stream()
                        .map(StoredPair::open)
                        .filter(expected::mayMove)
                        .forEach(leftOut::add);
            }
            return leftOut;
        }

        private ComparedSeries series(OpenTimes times) throws SQLException {
            List<MysqlRows.Row> all = mysql.of(symbol, times.code());
            rows += all.size();
            return new ComparedSeries(
                    symbol,
                    times,
                    new SoundCandles(symbol, times, violations).rows(all),
                    histories.get(times.code()),
                    latest.get(times.code()));
        }

        /** Whether the first candle of an interval is not one that was only not yet trimmed. */
        private boolean isWhole(OpenTimes times) {
            return trades != null
                    || ranges.containsKey(times.code())
                    || histories.get(times.code()).size() < historySize;
        }

        /** The latest time that a candle or a trade shows which was there when the check began. */
        private long reached() {
            List<Trade> sure = trades == null ? List.of() : trades.sure();
            long reached = sure.isEmpty() ? Long.MIN_VALUE : sure.get(sure.size() - 1).time();
            for (OpenTimes times : intervals) {
                NavigableMap<Long, Candle> history = histories.get(times.code());
                Candle newest = latest.get(times.code());
                MysqlRows.Range range = ranges.get(times.code());
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
