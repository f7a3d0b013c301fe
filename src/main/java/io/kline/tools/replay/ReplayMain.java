package io.kline.tools.replay;

import io.kline.model.Symbol;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code replay.sh}: feeds the trades of a file to the topic. */
@Command(
        name = "replay.sh",
        sortOptions = false,
        description = "Feeds the trades of a file to the trades topic, in the file's order.",
        footer = {
            "",
            "csv: symbol,trade_id,price,quantity,time_ms,is_buyer_maker, or a trades file of"
                    + " Binance's public data (id,price,qty,quoteQty,time,isBuyerMaker). Each row"
                    + " becomes a trade event; the line with the names of the columns may be"
                    + " missing.",
            "json: each line is sent as it is, bytes untouched, with its \"s\" as the key.",
            "",
            "Exit code: 0 when Kafka has acknowledged all records, 1 on an error, 2 on wrong"
                    + " options.",
            "",
            "A live stream out of a recorded one:",
            "  replay.sh --file BTCUSDT-trades-2025-03-04.zip --rebase",
        })
public final class ReplayMain implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Spec private CommandSpec spec;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "F",
            description = "File of trades; .gz and .zip are unpacked.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "Default: by the file's ending, else by its first byte.")
    private Format format;

    @Option(
            names = "--rate",
            paramLabel = "N|max",
            description =
                    "Records per second, or max: as fast as possible. Default: as recorded, by the"
                            + " times of the trades.")
    private String rate;

    @Option(
            names = "--rebase",
            description =
                    "Shift all times so that the first trade is now. In json only the numbers T"
                            + " and E change.")
    private boolean rebase;

    @Option(
            names = "--symbol",
            paramLabel = "S",
            description = "Symbol of a public-data file. Default: from the file's name.")
    private String symbol;

    @Option(names = "--topic", defaultValue = "trades", description = "Default: ${DEFAULT-VALUE}")
    private String topic;

    @Option(
            names = "--bootstrap",
            defaultValue = "localhost:${env:KAFKA_PORT:-19092}",
            paramLabel = "HOST:PORT",
            description = "Kafka's servers. Default: ${DEFAULT-VALUE}")
    private String bootstrap;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ReplayMain()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        Pace pace = pace();
        if (symbol != null && !Symbol.isValid(symbol)) {
            throw wrong("--symbol: '" + symbol + "' is not a symbol");
        }
        Timeline timeline = new Timeline(System::currentTimeMillis, rebase);
        try (RecordSource source = open(timeline);
                TradeTopic trades = TradeTopic.open(bootstrap, topic, PATIENCE)) {
            return replay(source, pace, trades);
        } catch (IOException | FeedException e) {
            return failed(e, 0);
        }
    }

    private int replay(RecordSource source, Pace pace, TradeTopic trades)
            throws InterruptedException {
        long start = System.nanoTime();
        Replay replay = new Replay(source, pace, trades, FeedClock.system());
        try (ReplayProgress progress = new ReplayProgress(trades, replay, System.err)) {
            progress.start();
            replay.run();
        } catch (IOException | FeedException e) {
            return failed(e, trades.acknowledged());
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "sent %d records in %.1f s%n",
                        trades.acknowledged(),
                        (System.nanoTime() - start) / 1e9);
        return 0;
    }

    private RecordSource open(Timeline timeline) throws IOException {
        FeedFile content = FeedFile.open(file);
        Format actual = format == null ? Format.of(content.name(), content.content()) : format;
        if (actual == Format.CSV) {
            return new CsvTrades(file.toString(), content, symbol, timeline);
        }
        if (symbol != null) {
            content.content().close();
            throw wrong("--symbol is for csv files only");
        }
        return new JsonLines(content.content(), timeline);
    }

    private Pace pace() {
        try {
            return rate == null ? Pace.recorded() : Pace.parse(rate);
        } catch (IllegalArgumentException e) {
            throw wrong("--rate: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int failed(Exception error, long sent) {
        String message = error.getMessage();
        if (error instanceof NoSuchFileException) {
            message = file + ": no such file";
        } else if (error instanceof IOException) {
            message = file + ": cannot be read: " + error;
        }
        spec.commandLine()
                .getErr()
                .printf(Locale.ROOT, "replay.sh: %s%n%d records were sent%n", message, sent);
        return 1;
    }
}
