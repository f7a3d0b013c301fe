package io.kline.demo.check;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Checks all symbols, and those with violations again until there are none or the time is up: the
 * stores follow the trades with a delay.
 */
final class Check {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Comparator<String> FILE_BY_FILE =
            Comparator.<String>comparingInt(TradeSpool::fileOf)
                    .thenComparing(Comparator.naturalOrder());

    private final RedisCandles redis;
    private final MysqlCandles mysql;
    private final TradeSource source;
    private final TradeSpool spool;
    private final Set<String> only;
    private final SymbolCheck symbolCheck;
    private final Map<String, SymbolResult> results = new TreeMap<>();
    private volatile String symbolsChecked = "no symbol checked yet";

    /**
     * @param source of trades, or null
     * @param spool of the source, or null
     * @param only symbols to check; empty for all
     */
    Check(
            RedisCandles redis,
            MysqlCandles mysql,
            TradeSource source,
            TradeSpool spool,
            Set<String> only,
            SymbolCheck symbolCheck) {
        this.redis = redis;
        this.mysql = mysql;
        this.source = source;
        this.spool = spool;
        this.only = only;
        this.symbolCheck = symbolCheck;
    }

    /**
     * Returns when all is well or {@code patience} has passed.
     *
     * @param intervals how many there are
     * @param kept how many violations are kept, the others only counted
     */
    Summary run(Duration patience, int intervals, int kept)
            throws IOException, SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        round();
        while (!isClean() && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(PAUSE.toNanos(), Math.max(1, deadline - System.nanoTime())));
            round();
        }
        return summary(intervals, kept);
    }

    /** How far it is, for people. */
    String progress() {
        return spool == null
                ? symbolsChecked
                : String.format(Locale.ROOT, "%,d trade records read; ", spool.records())
                        + symbolsChecked;
    }

    private boolean isClean() {
        return !results.isEmpty()
                && results.values().stream().allMatch(one -> one.findings().total() == 0);
    }

    private void round() throws IOException, SQLException {
        if (source != null) {
            source.readTo(spool);
        }
        Set<String> known = redis.symbols();
        List<String> due =
                symbols(known).stream()
                        .filter(symbol -> !isClean(symbol))
                        .sorted(FILE_BY_FILE)
                        .toList();
        for (int i = 0; i < due.size(); i++) {
            symbolsChecked =
                    String.format(Locale.ROOT, "%,d of %,d symbols checked", i, due.size());
            String symbol = due.get(i);
            results.put(
                    symbol,
                    symbolCheck.check(
                            symbol,
                            known.contains(symbol),
                            spool == null ? null : spool.of(symbol)));
        }
    }

    private boolean isClean(String symbol) {
        SymbolResult result = results.get(symbol);
        return result != null && result.findings().total() == 0;
    }

    private Set<String> symbols(Set<String> known) throws SQLException {
        if (!only.isEmpty()) {
            return only;
        }
        Set<String> symbols = new TreeSet<>(known);
        mysql.renew();
        symbols.addAll(mysql.symbols());
        if (spool != null) {
            symbols.addAll(spool.symbols());
        }
        return symbols;
    }

    private Summary summary(int intervals, int kept) {
        Findings findings = new Findings(kept);
        if (results.isEmpty()) {
            findings.add(
                    new Violation(
                            Invariant.COMPLETE,
                            "-",
                            null,
                            null,
                            "there is no symbol, nothing to check",
                            null,
                            null,
                            null));
        }
        results.values().forEach(result -> findings.addAll(result.findings()));
        return new Summary(
                results.size(),
                intervals,
                results.values().stream().mapToLong(SymbolResult::rows).sum(),
                results.values().stream().mapToLong(SymbolResult::klines).sum(),
                spool == null ? null : Long.valueOf(spool.records()),
                spool == null ? 0 : spool.leftOut(),
                results.values().stream().mapToLong(SymbolResult::trades).sum(),
                findings);
    }
}
