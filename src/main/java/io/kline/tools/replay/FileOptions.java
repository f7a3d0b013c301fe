package io.kline.tools.replay;

import io.kline.model.Symbol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a file of trades is read: options of all commands that read one. */
public final class FileOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "csv|json",
            description = "Of the file. Default: by its ending, else by its first bytes.")
    private Format format;

    @Option(
            names = "--layout",
            paramLabel = "kline|trades|aggTrades",
            description =
                    "Columns of a csv file. Default: by its header, else the only layout that all"
                            + " columns fit.")
    private CsvLayout layout;

    @Option(
            names = "--symbol",
            paramLabel = "S",
            description = "Symbol of a public-data file. Default: from the file's name.")
    private String symbol;

    /** The symbol of the file where it is given. */
    public Optional<String> symbol() {
        return Optional.ofNullable(symbol);
    }

    /** Whether any of them is given. */
    public boolean isAny() {
        return format != null || layout != null || symbol != null;
    }

    /**
     * Opens a file as it was recorded.
     *
     * @param notes is given what of an archive is left out
     * @throws FeedException if the file is not one of trades
     */
    public RecordSource open(Path file, Consumer<String> notes) throws IOException {
        return open(file, Timeline.asRecorded(), notes);
    }

    RecordSource open(Path file, Timeline timeline, Consumer<String> notes) throws IOException {
        if (symbol != null && !Symbol.isValid(symbol)) {
            throw wrong("--symbol: '" + symbol + "' is not a symbol");
        }
        FeedFile content = FeedFile.open(file, notes);
        try {
            Format actual = format == null ? Format.of(content.name(), content.content()) : format;
            if (actual == Format.CSV) {
                return new CsvTrades(file.toString(), content, layout, symbol, timeline);
            }
            if (symbol != null || layout != null) {
                throw wrong((symbol == null ? "--layout" : "--symbol") + " is for csv files only");
            }
            return new JsonLines(content.content(), timeline);
        } catch (IOException | RuntimeException e) {
            content.content().close();
            throw e;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
