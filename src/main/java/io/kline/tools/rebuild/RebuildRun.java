package io.kline.tools.rebuild;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.kafka.StoredCandlesTopic;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.heal.ShortHistories;
import io.kline.store.mysql.MysqlLogin;
import io.kline.tools.replay.Progress;
import io.kline.tools.replay.TimeText;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** One run of {@code rebuild.sh}. Used by one thread. */
final class RebuildRun {

    /** How long Kafka may take to say where its topics are, ms. */
    private static final String PATIENCE = "10000";

    private static final int SYMBOLS_AT_ONCE = 50;

    private final RebuildOptions own;
    private final KlineOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Findings findings;
    private final List<Interval> intervals;
    private final Set<String> only;
    private final AskedRange asked;
    private final long now = System.currentTimeMillis();
    private volatile String step = "connecting";

    RebuildRun(RebuildOptions own, KlineOptions options, PrintStream out, PrintStream err) {
        this.own = own;
        this.options = options;
        this.out = out;
        this.err = err;
        findings = new Findings(out);
        only = new TreeSet<>(own.symbols());
        if (own.from == null) {
            throw new ConfigException("--from is missing; --help shows examples");
        }
        if (own.fileOptions.isAny() && own.file == null) {
            throw new ConfigException("--format, --layout and --symbol are for --file only");
        }
        intervals =
                own.interval == null
                        ? options.kline.intervals()
                        : List.of(Interval.parse(own.interval, options.kline.zoneOffset));
        if (own.isOfMinutes() && own.interval.equals("1m")) {
            throw new ConfigException(
                    "--interval: 1m candles are made of trades, not of themselves");
        }
        asked = new AskedRange(own, options.kline.zoneOffset, now);
    }

    /**
     * Does it.
     *
     * @return whether nothing is left that differs
     */
    boolean run() throws SQLException, IOException, InterruptedException {
        try (Progress progress = new Progress(() -> step + "; " + findings.progress(), err);
                Tables tables = new Tables(MysqlLogin.of(options.mysql));
                Recent recent = new Recent(options.redis.settings());
                StoredCandlesTopic topic = own.apply ? topic() : null;
                Corrections corrections = corrections()) {
            progress.start();
            Rebuild rebuild = new Rebuild(tables, recent, topic, findings);
            Collection<String> symbols =
                    own.isOfMinutes()
                            ? ofMinutes(rebuild, tables, recent, until(Long.MAX_VALUE))
                            : ofTrades(rebuild, tables, recent, corrections);
            refill(tables, recent, symbols);
            findings.summary(symbols.size(), intervals.size());
        }
        return findings.isClean();
    }

    private Collection<String> ofMinutes(
            Rebuild rebuild, Tables tables, Recent recent, TimeRange range)
            throws SQLException, IOException, InterruptedException {
        Collection<String> symbols = only.isEmpty() ? tables.symbols() : only;
        for (String symbol : symbols) {
            if (!tables.hasCandles(symbol)) {
                findings.unknown(symbol);
                continue;
            }
            StoredMinutes minutes =
                    new StoredMinutes(
                            tables,
                            symbol,
                            options.kline.intervals(),
                            options.kline.carryFor.toMillis());
            compare(rebuild, tables, recent, Corrections.unknown(), symbol, minutes, range);
        }
        return symbols;
    }

    private Collection<String> ofTrades(
            Rebuild rebuild, Tables tables, Recent recent, Corrections corrections)
            throws SQLException, IOException, InterruptedException {
        long maxFuture = options.kline.maxFuture.toMillis();
        LiveRules rules = new LiveRules(maxFuture, options.kline.maxAge.toMillis());
        boolean isTopic = own.file == null;
        try (TradeSource source =
                        isTopic
                                ? TopicTrades.open(options.kafka, rules, asked.from(), maxFuture)
                                : new FileTrades(
                                        () -> own.fileOptions.open(own.file, err::println), rules);
                TradeSpool spool = new TradeSpool(source, only)) {
            step = "reading trades";
            spool.readOn();
            err.printf(
                    Locale.ROOT,
                    "%,d records read, %,d are no trades%n",
                    rules.records(),
                    rules.unusable());
            if (!isTopic && rules.records() == rules.unusable()) {
                throw new ConfigException("--file: there is no trade in it");
            }
            TimeRange range = until(isTopic ? Long.MAX_VALUE : endOfFile(spool.newest()));
            spool.makes(
                    symbol ->
                            new TradedMinutes(
                                    symbol,
                                    range,
                                    spool,
                                    origin(rules),
                                    options.kline.allowedLateness.toMillis()));
            Collection<String> symbols = List.copyOf(spool.symbols());
            for (String symbol : symbols) {
                TradedMinutes minutes = spool.of(symbol);
                minutes.carry(tables.carried(symbol, options.kline.intervals(), range.from()));
                compare(rebuild, tables, recent, corrections, symbol, minutes, range);
            }
            Set<String> without = new TreeSet<>(only);
            without.removeAll(symbols);
            for (String symbol : without) {
                notThere(tables, symbol);
            }
            // Their histories are looked at nevertheless.
            without.addAll(symbols);
            return without;
        }
    }

    /** A file may end amid a minute, whose candle would lose trades. */
    private long endOfFile(long newest) {
        if (!own.apply || !asked.isOpen()) {
            return newest + TimeRange.MINUTE;
        }
        err.println(
                "the minute of the newest trade may not be whole: only with --to it is repaired");
        return newest;
    }

    private TradedMinutes.Origin origin(LiveRules rules) {
        if (own.file == null) {
            return TradedMinutes.Origin.LIVE;
        }
        if (own.fileIsWhole) {
            return TradedMinutes.Origin.WHOLE_FILE;
        }
        return rules.unusable() > 0 ? TradedMinutes.Origin.PARTLY_READ : TradedMinutes.Origin.FILE;
    }

    private void notThere(Tables tables, String symbol) throws SQLException {
        if (tables.hasCandles(symbol)) {
            findings.notCompared(symbol);
        } else {
            findings.unknown(symbol);
        }
    }

    private void compare(
            Rebuild rebuild,
            Tables tables,
            Recent recent,
            Corrections corrections,
            String symbol,
            Minutes minutes,
            TimeRange range)
            throws SQLException, IOException, InterruptedException {
        SymbolRebuild one =
                new SymbolRebuild(
                        symbol,
                        range,
                        minutes,
                        tables,
                        recent,
                        corrections,
                        new SymbolRebuild.Limits(
                                options.kline.allowedLateness.toMillis(),
                                options.kline.carryFor.toMillis(),
                                now,
                                own.isOfMinutes()),
                        newest(tables, recent, symbol));
        for (Interval interval : intervals) {
            step = symbol + " " + interval.code();
            rebuild.run(one, interval, range);
        }
        findings.heldBack(one.heldBack());
    }

    private void refill(Tables tables, Recent recent, Collection<String> touched)
            throws SQLException, InterruptedException {
        Set<String> all = new TreeSet<>(touched);
        if (only.isEmpty()) {
            all.addAll(tables.symbols());
        }
        List<String> symbols = List.copyOf(all);
        Held clock = new Held(Long.MIN_VALUE, options.kline.allowedLateness.toMillis(), now);
        try (ShortHistories histories =
                new ShortHistories(options.redis.settings(), MysqlLogin.of(options.mysql))) {
            Refill refill = new Refill(tables, recent, histories, options.kline.intervals(), clock);
            List<Refill.Short> found = new ArrayList<>();
            for (int from = 0; from < symbols.size(); from += SYMBOLS_AT_ONCE) {
                int to = Math.min(symbols.size(), from + SYMBOLS_AT_ONCE);
                step = "history of " + symbols.get(from);
                found.addAll(refill.of(symbols.subList(from, to), intervals));
            }
            if (!own.apply) {
                findings.shortSeries(found.size());
            } else if (!found.isEmpty()) {
                step = "reading klines that are not in the table yet";
                OnTheWay onTheWay = new OnTheWay(recent, found);
                onTheWay.bringBack(options.kafka, now);
                fill(refill, found, onTheWay);
            }
        } catch (IOException e) {
            // Nothing but Redis is read there that can fail so.
            throw new JedisConnectionException(e.getMessage(), e);
        }
    }

    private void fill(Refill refill, List<Refill.Short> found, OnTheWay onTheWay)
            throws SQLException, IOException, InterruptedException {
        for (Refill.Short one : found) {
            String code = one.held().interval().code();
            step = "history of " + one.symbol() + " " + code;
            int candles = onTheWay.brought(one) + refill.fill(one);
            if (candles > 0) {
                findings.filled(one.symbol(), code, candles);
            } else if (one.lacksLatest()) {
                findings.withoutLatest(one.symbol(), code);
            }
        }
    }

    private TimeRange until(long end) {
        TimeRange range = asked.until(end);
        err.printf("range: %s to %s%n", TimeText.of(range.from()), TimeText.of(range.to()));
        return range;
    }

    /** The highest time of a trade in both stores, ms. */
    private long newest(Tables tables, Recent recent, String symbol)
            throws SQLException, InterruptedException {
        long newest = Long.MIN_VALUE;
        List<String> codes = options.kline.intervals().stream().map(Interval::code).toList();
        for (Candle candle : recent.latest(symbol, codes)) {
            newest = Math.max(newest, candle.lastTime());
        }
        for (String code : codes) {
            for (Candle candle : tables.newest(symbol, code, Long.MAX_VALUE, 1)) {
                newest = Math.max(newest, Math.min(candle.lastTime(), candle.closeTime()));
            }
        }
        return newest;
    }

    /** Stored minutes have the ledger. */
    private Corrections corrections() {
        return own.apply && !own.isOfMinutes()
                ? TopicCorrections.open(options.kafka, now)
                : Corrections.unknown();
    }

    private StoredCandlesTopic topic() {
        Properties kafka = options.kafka.clientProperties();
        kafka.setProperty("max.block.ms", PATIENCE);
        return new StoredCandlesTopic(options.kafka.klinesTopic, kafka);
    }
}
