package io.kline.tools.rebuild;

import io.kline.config.ConfigException;
import io.kline.config.KlineOptions;
import io.kline.tools.replay.StoresCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The command {@code rebuild.sh}: are closed candles those of their trades, and can they become so?
 */
public final class RebuildMain {

    private final StoresCommand command;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes secrets from an environment; prints findings to one stream, trouble to the other. */
    public RebuildMain(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.command = new StoresCommand("rebuild.sh", environment, out, err);
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new RebuildMain(System.getenv(), System.out, System.err).run(args));
    }

    /** Compares, repairs if that is wanted, prints, and returns the exit code. */
    public int run(String... args) {
        RebuildOptions own = new RebuildOptions();
        return command.run(own, args, settings -> rebuild(own, settings));
    }

    private boolean rebuild(RebuildOptions own, List<String> settings)
            throws SQLException, IOException, InterruptedException {
        KlineOptions options = command.options(settings);
        try {
            return new RebuildRun(own, options, out, err).run();
        } catch (IllegalArgumentException e) {
            // An interval, a time or a range that cannot be.
            throw new ConfigException(e.getMessage());
        }
    }
}
