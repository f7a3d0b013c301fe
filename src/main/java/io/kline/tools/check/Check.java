package io.kline.tools.check;

import io.kline.tools.replay.TradeFiles;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Checks the candles of the trades that are there when it begins.
 *
 * <p>The stores follow the trades with a delay, and trades may go on coming. So symbols with
 * violations are read again, until what was wrong has been right once or the time is up.
 */
final class Check {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RedisKlines redis;
    private final MysqlRows mysql;
    private final SpooledTrades trades;
    private final Set<String> only;
    private final SymbolCheck symbolCheck;
    private final int kept;
    private final Map<String, SymbolResult> results = new TreeMap<>();
    private volatile String symbolsChecked = "no symbol checked yet";

    /**
     * @param trades or null
     * @param only symbols to check; empty for all
     * @param kept how many violations are kept, the others only counted
     */
    Check(
            RedisKlines redis,
            MysqlRows mysql,
            SpooledTrades trades,
            Set<String> only,
            SymbolCheck symbolCheck,
            int kept) {
        this.redis = redis;
        this.mysql = mysql;
        this.trades = trades;
        this.only = only;
        this.symbolCheck = symbolCheck;
        this.kept = kept;
    }

    /**
     * Returns when all is well or {@code settle} has passed since everything was read once.
     *
     * @param intervals how many there are
     */
    Summary run(Duration settle, int intervals)
            throws IOException, SQLException, InterruptedException {
        if (trades != null) {
            trades.begin();
        }
        Set<String> due = symbols(redis.symbols());
        checkAll(due);
        long deadline = System.nanoTime() + settle.toNanos();
        while (!(due = wrong()).isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(PAUSE.toNanos(), Math.max(1, deadline - System.nanoTime())));
            checkAll(due);
        }
        return summary(intervals);
    }

    /** How far it is, for people. */
    String progress() {
        return trades == null
                ? symbolsChecked
                : String.format(Locale.ROOT, "%,d trade records read; ", trades.records())
                        + symbolsChecked;
    }

    private Set<String> wrong() {
        Set<String> wrong = new TreeSet<>();
        results.forEach(
                (symbol, result) -> {
                    if (result.violations().total() > 0) {
                        wrong.add(symbol);
                    }
                });
        return wrong;
    }

    private void checkAll(Set<String> symbols) throws IOException, SQLException {
        Set<String> known = redis.symbols();
        List<String> due = symbols.stream().sorted(TradeFiles.FILE_BY_FILE).toList();
        for (int i = 0; i < due.size(); i++) {
            symbolsChecked =
                    String.format(Locale.ROOT, "%,d of %,d symbols checked", i, due.size());
            String symbol = due.get(i);
            SymbolResult before = results.get(symbol);
            Violations violations =
                    before == null ? new Violations(kept) : before.violations().next();
            results.put(symbol, symbolCheck.check(symbol, known.contains(symbol), violations));
        }
    }

    private Set<String> symbols(Set<String> known) throws SQLException {
        if (!only.isEmpty()) {
            return only;
        }
        Set<String> symbols = new TreeSet<>(known);
        mysql.renew();
        symbols.addAll(mysql.symbols());
        if (trades != null) {
            symbols.addAll(trades.symbols());
        }
        return symbols;
    }

    private Summary summary(int intervals) {
        Violations violations = new Violations(kept);
        if (results.isEmpty()) {
            violations.add(
                    new Violation(
                            Invariant.COMPLETE,
                            Place.symbol("-"),
                            "there is no symbol, nothing to check",
                            null,
                            null,
                            null));
        }
        Map<String, Tally> setAside = new TreeMap<>();
        if (trades != null) {
            trades.unusable().forEach((symbol, tally) -> addTo(setAside, symbol, tally));
        }
        results.forEach(
                (symbol, result) -> {
                    violations.addAll(result.violations());
                    addTo(setAside, symbol, result.setAside());
                });
        return new Summary(
                results.size(),
                intervals,
                results.values().stream().mapToLong(SymbolResult::rows).sum(),
                results.values().stream().mapToLong(SymbolResult::klines).sum(),
                trades == null ? null : Long.valueOf(trades.recordsAtBegin()),
                results.values().stream().mapToLong(SymbolResult::trades).sum(),
                setAside,
                results.values().stream().map(SymbolResult::gaps).filter(Objects::nonNull).toList(),
                violations);
    }

    private static void addTo(Map<String, Tally> setAside, String symbol, Tally tally) {
        setAside.computeIfAbsent(symbol, any -> new Tally()).addAll(tally);
    }
}
