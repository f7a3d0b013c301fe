package io.kline.tools.rebuild;

import io.kline.config.ConfigException;
import io.kline.config.DurationText;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.replay.StoresCommand;
import io.kline.tools.stack.StackDefaults;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command {@code rebuild.sh}: are closed candles those of their trades, and can they become so?
 */
public final class RebuildMain {

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes secrets from an environment; prints findings to one stream, trouble to the other. */
    public RebuildMain(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new RebuildMain(System.getenv(), System.out, System.err).run(args));
    }

    /** Compares, repairs if that is wanted, prints, and returns the exit code. */
    public int run(String... args) {
        RebuildOptions own = new RebuildOptions();
        CommandLine line =
                new CommandLine(own)
                        .setUnmatchedArgumentsAllowed(true)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .registerConverter(Duration.class, DurationText::parse);
        return new StoresCommand("rebuild.sh", err)
                .run(
                        () -> {
                            List<String> settings = line.parseArgs(args).unmatched();
                            if (own.help) {
                                line.usage(out);
                                return true;
                            }
                            return rebuild(own, settings);
                        });
    }

    private boolean rebuild(RebuildOptions own, List<String> settings)
            throws SQLException, IOException, InterruptedException {
        KlineOptions options =
                new OptionsReader(environment)
                        .read("rebuild.sh", settings.toArray(String[]::new))
                        .orElseThrow();
        StackDefaults.password(options.mysql);
        try {
            return new RebuildRun(own, options, out, err).run();
        } catch (IllegalArgumentException e) {
            // An interval, a time or a range that cannot be.
            throw new ConfigException(e.getMessage());
        }
    }
}
