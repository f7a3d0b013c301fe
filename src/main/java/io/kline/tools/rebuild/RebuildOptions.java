package io.kline.tools.rebuild;

import io.kline.tools.replay.FileOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code rebuild.sh} itself. */
@Command(
        name = "rebuild.sh",
        sortOptions = false,
        customSynopsis =
                "rebuild.sh --from TIME [--to TIME] [--file F] [--symbols A,B] [--interval I]"
                        + " [--apply] [--key value …]",
        description =
                "Recomputes the closed candles of a range from the trades on the topic, from a"
                        + " file, or, with --interval and without --file, from stored 1m candles."
                        + " Prints a line for each candle that is stored otherwise. With --apply"
                        + " both stores take what was computed.",
        footer = {
            "",
            "TIME is a date such as 2026-03-01 (its first moment), 2026-03-01T12:30, both in"
                    + " kline.zone-offset; 2026-03-01T12:30:00Z; or ms since the epoch. Only"
                    + " candles that are whole in the range are looked at. Topic or file must have"
                    + " all trades of the symbols since --from.",
            "",
            "Give it the settings of the jobs (local.sh live --help), as --key value or with"
                    + " --config: kline.intervals, kline.zone-offset, kline.allowed-lateness and"
                    + " kline.carry-for decide what is right.",
            "",
            "The jobs may run meanwhile. What the live job still holds is left as it is. Where a"
                    + " candle has to shrink its revision is raised.",
            "",
            "Exit code: 0 when nothing differs or all was applied, 1 when something differs or was"
                    + " refused, 2 on wrong options or a file that cannot be read, 3 when Kafka,"
                    + " Redis or MySQL cannot be reached.",
            "",
            "Examples:",
            "  # what differs since yesterday?",
            "  rebuild.sh --from 2026-03-01",
            "  # repair one symbol's hour from the topic",
            "  rebuild.sh --from 2026-03-01T12:00 --to 2026-03-01T13:00 --symbols BTCUSDT --apply",
            "  # a day out of the exchange's archive",
            "  rebuild.sh --from 2026-03-01 --to 2026-03-02 --file BTCUSDT-trades-2026-03-01.zip"
                    + " --apply",
            "  # the history of an interval that was added",
            "  rebuild.sh --from 2026-01-01 --interval 45m --apply",
        })
final class RebuildOptions {

    @Option(names = "--from", paramLabel = "TIME", description = "begin of the range")
    String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "end of the range, not after now; default: now, for a file the end of the minute"
                            + " of its newest trade, or its beginning with --apply: the file may"
                            + " end amid it")
    String to;

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "trades of a file, as replay.sh reads it; default: those of the topic")
    Path file;

    @Option(
            names = "--file-is-whole",
            description =
                    "the file has all trades of its symbols: candles lose those that it lacks;"
                            + " default: such candles are refused")
    boolean fileIsWhole;

    @Mixin final FileOptions fileOptions = new FileOptions();

    @Option(
            names = "--symbols",
            split = ",",
            paramLabel = "A,B",
            description = "default: --symbol, else all that there are")
    private List<String> symbols = List.of();

    @Option(
            names = "--interval",
            paramLabel = "I",
            description =
                    "only this interval; without --file it is made of stored 1m candles; default:"
                            + " kline.intervals")
    String interval;

    @Option(names = "--apply", description = "bring both stores to what was computed")
    boolean apply;

    @Option(names = "--help", usageHelp = true, description = "show this and exit")
    boolean help;

    /** The symbols; empty for all. */
    List<String> symbols() {
        return symbols.isEmpty() ? fileOptions.symbol().map(List::of).orElse(symbols) : symbols;
    }

    /** Whether candles are made of stored ones. */
    boolean isOfMinutes() {
        return interval != null && file == null;
    }
}
