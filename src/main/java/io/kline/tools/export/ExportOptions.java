package io.kline.tools.export;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code export.sh} itself. */
@Command(
        name = "export.sh",
        sortOptions = false,
        customSynopsis =
                "export.sh --symbol S --interval I --from DATE [--to DATE] [--monthly] [--out DIR]"
                        + " [--time-unit ms|us] [--restated-since TIME] [--key value …]",
        description =
                "Writes closed candles out of MySQL as files in the layout of Binance's public"
                        + " archives: a zip with a CSV file for each day or month, and its checksum."
                        + " The same candles make the same bytes.",
        footer = {
            "",
            "A row: open time, open, high, low, close, volume, close time, quote volume, number of"
                    + " trades, taker buy volume, taker buy quote volume, 0. There is no header, as"
                    + " in the archives of the spot market.",
            "",
            "Days begin in kline.zone-offset. Give it the settings of the jobs (local.sh history"
                    + " --help), as --key value or with --config; and the server's mysql.user, since"
                    + " the jobs' may not read what --restated-since asks for.",
            "",
            "Where the last candles of a file are missing, a line on stderr says from when on.",
            "",
            "Exit code: 0, 1 if there was no candle at all, 2 on wrong options or a file that"
                    + " cannot be written, 3 when MySQL cannot be reached.",
            "",
            "Examples:",
            "  export.sh --symbol BTCUSDT --interval 1m --from 2026-03-01 --to 2026-03-08",
            "  export.sh --symbol BTCUSDT --interval 1M --from 2025-01-01 --monthly --out archive",
            "  # which candles of those files have changed since they were written?",
            "  export.sh --symbol BTCUSDT --interval 1m --from 2026-03-01 --restated-since"
                    + " 2026-03-02T06:00",
        })
final class ExportOptions {

    @Option(names = "--symbol", paramLabel = "S", required = true, description = "such as BTCUSDT")
    String symbol;

    @Option(names = "--interval", paramLabel = "I", required = true, description = "such as 1m")
    String interval;

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "the first day")
    String from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "the day behind the last; default: today, which is not over")
    String to;

    @Option(
            names = "--monthly",
            description = "a file for each month; candles of more than a day have no others")
    boolean monthly;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "folder of the files, made if it is not there; default: this one")
    Path out;

    @Option(
            names = "--time-unit",
            paramLabel = "ms|us",
            description =
                    "of times in the files; default: as Binance has it, us from 2025-01-01 on, ms"
                            + " before")
    TimeUnit timeUnit;

    @Option(
            names = "--restated-since",
            paramLabel = "TIME",
            description =
                    "write no archive, but print the candles of the range that late trades or a"
                            + " rebuild have changed since")
    String restatedSince;

    @Option(names = "--help", usageHelp = true, description = "show this and exit")
    boolean help;
}
