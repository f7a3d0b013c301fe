package io.kline.tools.check;

import io.kline.tools.replay.FileOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code check.sh} itself. */
@Command(
        name = "check.sh",
        sortOptions = false,
        customSynopsis = "check.sh [--file F | --topic] [OPTIONS] [--key value …]",
        description =
                "Recomputes and compares: are the candles in Redis and MySQL complete, exact,"
                        + " carried, and do both agree? Prints a line for each violation.",
        footer = {
            "",
            "The settings of the jobs (local.sh live --help) say where the stores are and which"
                    + " candles there must be. With --file or --topic the trades must be all"
                    + " trades of the checked symbols.",
            "",
            "Jobs may run and trades may come meanwhile. Checked is what was there when the check"
                    + " began: with --topic every candle must hold all trades of that moment, and"
                    + " of those that came until it was read any first ones in their order. What is"
                    + " wrong is read again, and reported if it stays wrong.",
            "",
            "Exit code: 0 when all agree, 1 with violations or, with --gaps, missing executions, 2 on"
                    + " wrong options, 3 when a store cannot be reached.",
            "",
            "Examples:",
            "  # all that the jobs have read",
            "  check.sh --topic",
            "  # has the feed left out executions?",
            "  check.sh --gaps --symbols BTCUSDT",
            "  # one month of one symbol",
            "  check.sh --file BTCUSDT-aggTrades-2023-05.zip --symbols BTCUSDT",
        })
final class CheckOptions {

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "compare with the trades of a file, as replay.sh reads it")
    Path file;

    @Mixin final FileOptions fileOptions = new FileOptions();

    @Option(
            names = "--topic",
            description = "compare with all trades of the topic kafka.topic.trades")
    boolean topic;

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "default: --symbol, else all that the stores and the trades know")
    private List<String> symbols = List.of();

    @Option(names = "--intervals", paramLabel = "code,…", description = "default: kline.intervals")
    String intervals;

    @Option(
            names = {"--settle", "--wait"},
            paramLabel = "duration",
            defaultValue = "30s",
            description =
                    "how long to read again what is wrong: the stores follow the trades, and"
                            + " corrections the candles; default: 30s")
    Duration settle;

    @Option(
            names = "--max-print",
            paramLabel = "n",
            defaultValue = "50",
            description = "print this many violations at most; default: 50")
    int maxPrint;

    @Option(
            names = "--counts",
            description =
                    "print for every symbol how many records were set aside and why; default: for"
                            + " the five with the most")
    boolean counts;

    @Option(
            names = "--gaps",
            description =
                    "print the executions that no candle of the smallest interval has, by their ids:"
                            + " an exchange numbers those of a symbol without a gap. Where it"
                            + " numbers those of all symbols together, nearly all are gaps")
    boolean gaps;

    @Option(names = "--help", usageHelp = true, description = "show this and exit")
    boolean help;

    /** The symbols to check; empty for all. */
    List<String> symbols() {
        return symbols.isEmpty() ? fileOptions.symbol().map(List::of).orElse(symbols) : symbols;
    }
}
