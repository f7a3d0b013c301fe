package io.kline.tools.export;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.tools.replay.StoresCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The command {@code export.sh}: stored candles as archives. */
public final class ExportMain {

    private final StoresCommand command;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes secrets from an environment; prints files to one stream, trouble to the other. */
    public ExportMain(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.command = new StoresCommand("export.sh", environment, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new ExportMain(System.getenv(), System.out, System.err).run(args));
    }

    /** Writes the files, and returns the exit code. */
    public int run(String... args) {
        ExportOptions own = new ExportOptions();
        return command.run(own, args, settings -> export(own, settings));
    }

    private boolean export(ExportOptions own, List<String> settings)
            throws SQLException, IOException {
        KlineOptions options = command.options(settings);
        try {
            return new ExportRun(own, options, out, err).run();
        } catch (IllegalArgumentException e) {
            // An interval, a time or a range that cannot be.
            throw new ConfigException(e.getMessage());
        }
    }
}
