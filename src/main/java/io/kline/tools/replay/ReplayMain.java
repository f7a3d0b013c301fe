package io.kline.tools.replay;

import io.kline.config.ConfigException;
import io.kline.config.KafkaOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "csv, with a header or without:",
            "  kline      symbol,trade_id,price,quantity,time_ms,is_buyer_maker",
            "  trades     Binance's public data: id,price,qty,quote_qty,time,is_buyer_maker",
            "  aggTrades  the same: agg_trade_id,price,quantity,first_trade_id,",
            "             last_trade_id,transact_time,is_buyer_maker",
            "Each row becomes a trade or aggTrade event.",
            "",
            "json: each line is sent as it is, bytes untouched, with its \"s\" as the key. Of"
                    + " recorded combined streams, {\"stream\":…,\"data\":{…}}, the trades inside"
                    + " are sent; a local time in front of each line is left out.",
            "",
            "A jump of the time by more than an hour is reported and not waited for. Trades of up"
                    + " to 256 dates may alternate: each date goes on where it was.",
            "",
            "Exit code: 0 when Kafka has acknowledged all lines, 1 on an error, or if a line is no"
                    + " trade that the job counts: these are counted and the first ones listed. A line"
                    + " that is too large for Kafka is one of them, and so is a time that"
                    + " --rebase cannot shift: before 1973 or in the future. 2 on wrong options.",
            "",
            "Examples:",
            "  # a live stream out of a recorded one",
            "  replay.sh --file BTCUSDT-trades-2025-03-04.zip --rebase",
            "  # aggregates, as fast as possible",
            "  replay.sh --file BTCUSDT-aggTrades-2023-05.zip --rate max",
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

    @Mixin private FileOptions fileOptions;

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

    @Option(names = "--topic", defaultValue = "trades", description = "Default: ${DEFAULT-VALUE}")
    private String topic;

    @Option(
            names = "--bootstrap",
            defaultValue = "localhost:${env:KAFKA_PORT:-19092}",
            paramLabel = "HOST:PORT",
            description = "Kafka's servers. Default: ${DEFAULT-VALUE}")
    private String bootstrap;

    @Option(
            names = "--client-config",
            paramLabel = "F",
            description =
                    "Properties for the Kafka client, such as TLS and SASL settings: the file of"
                            + " kafka.client-config.")
    private Path clientConfig;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "SASL user; the password is in the environment: KLINE_KAFKA_PASSWORD")
    private String user;

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
        ReplayPace pace = pace();
        ReplayReport report = new ReplayReport(spec.commandLine().getErr(), rebase);
        Timeline timeline = new Timeline(System::currentTimeMillis, rebase, report::jump);
        try (RecordSource source = fileOptions.open(file, timeline, report::warn);
                TradeTopic trades = TradeTopic.open(kafka(), topic, PATIENCE)) {
            return replay(source, pace, trades, report);
        } catch (IOException | FeedException e) {
            return failed(e, 0);
        }
    }

    private Properties kafka() {
        KafkaOptions options = new KafkaOptions();
        options.bootstrapServers = bootstrap;
        options.clientConfig = clientConfig;
        options.user = user;
        options.password = System.getenv("KLINE_KAFKA_PASSWORD");
        try {
            return options.clientProperties();
        } catch (ConfigException e) {
            throw wrong(e.getMessage());
        }
    }

    private int replay(RecordSource source, ReplayPace pace, TradeTopic trades, ReplayReport report)
            throws InterruptedException {
        long start = System.nanoTime();
        Replay replay = new Replay(source, pace, trades, FeedClock.system(), report);
        try (Progress progress = new Progress(replay::progress, System.err)) {
            progress.start();
            replay.run();
        } catch (IOException | FeedException e) {
            report.print();
            return failed(e, trades.acknowledged());
        }
        report.print();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "sent %d records in %.1f s%n",
                        trades.acknowledged(),
                        (System.nanoTime() - start) / 1e9);
        return report.isClean() ? 0 : 1;
    }

    private ReplayPace pace() {
        try {
            return rate == null ? ReplayPace.recorded() : ReplayPace.parse(rate);
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
