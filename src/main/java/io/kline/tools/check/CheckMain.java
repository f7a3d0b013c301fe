package io.kline.tools.check;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.tools.replay.Progress;
import io.kline.tools.replay.StoresCommand;
import io.kline.tools.replay.TopicRecords;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The command {@code check.sh}: do the stores hold the candles they promise? */
public final class CheckMain {

    private final StoresCommand command;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes secrets from an environment; prints findings to one stream, trouble to the other. */
    public CheckMain(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.command = new StoresCommand("check.sh", environment, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new CheckMain(System.getenv(), System.out, System.err).run(args));
    }

    /** Checks, prints, and returns the exit code. */
    public int run(String... args) {
        CheckOptions own = new CheckOptions();
        return command.run(own, args, settings -> check(own, options(own, settings)));
    }

    private KlineOptions options(CheckOptions own, List<String> settings) {
        if (own.file != null && own.topic) {
            throw new ConfigException("--file and --topic exclude each other");
        }
        if (own.fileOptions.isAny() && own.file == null) {
            throw new ConfigException("--format, --layout and --symbol are for --file only");
        }
        if (own.maxPrint < 0 || own.settle.isNegative()) {
            throw new ConfigException("--max-print and --settle must not be negative");
        }
        List<String> args = new ArrayList<>(settings);
        if (own.intervals != null) {
            args.addAll(List.of("--kline.intervals", own.intervals));
        }
        return command.options(args);
    }

    private boolean check(CheckOptions own, KlineOptions options)
            throws IOException, SQLException, InterruptedException {
        List<OpenTimes> intervals =
                options.kline.intervalCodes.stream()
                        .map(code -> OpenTimes.of(code.trim(), options.kline.zoneOffset))
                        .toList();
        Set<String> symbols = new TreeSet<>(own.symbols());
        try (RedisKlines redis = RedisKlines.connect(options.redis.settings());
                MysqlRows mysql = MysqlRows.connect(options.mysql);
                TradeInput source = source(own, options);
                SpooledTrades trades = source == null ? null : new SpooledTrades(source, symbols)) {
            SymbolCheck symbolCheck =
                    new SymbolCheck(
                            redis,
                            mysql,
                            trades,
                            intervals,
                            options.kline.carryFor.toMillis(),
                            options.redis.historySize,
                            own.gaps ? Math.max(1, own.maxPrint) : 0);
            Check check = new Check(redis, mysql, trades, symbols, symbolCheck, own.maxPrint);
            Summary summary;
            try (Progress progress = new Progress(check::progress, err)) {
                progress.start();
                summary = check.run(own.settle, intervals.size());
            }
            new Report(out, own.counts, own.maxPrint).print(summary);
            return summary.isClean() && summary.missingExecutions() == 0;
        }
    }

    private TradeInput source(CheckOptions own, KlineOptions options) {
        long maxFuture = options.kline.maxFuture.toMillis();
        long maxAge = options.kline.maxAge.toMillis();
        if (own.topic) {
            return new TopicInput(TopicRecords.open(options.kafka), maxFuture, maxAge);
        }
        return own.file == null
                ? null
                : new FileInput(
                        () -> own.fileOptions.open(own.file, err::println), maxFuture, maxAge);
    }
}
