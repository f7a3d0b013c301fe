package io.kline.tools.rebuild;

import io.kline.config.DurationText;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.tools.replay.FeedException;
import io.kline.tools.stack.StackDefaults;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The command {@code rebuild.sh}: are closed candles those of their trades, and can they become so?
 */
public final class RebuildMain {

    private static final int CLEAN = 0;
    private static final int DIFFERS = 1;
    private static final int WRONG_OPTIONS = 2;
    private static final int UNREACHABLE = 3;

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
        try {
            List<String> settings = line.parseArgs(args).unmatched();
            if (own.help) {
                line.usage(out);
                return CLEAN;
            }
            KlineOptions options =
                    new OptionsReader(environment)
                            .read("rebuild.sh", settings.toArray(String[]::new))
                            .orElseThrow();
            StackDefaults.password(options.mysql);
            return new RebuildRun(own, options, out, err).run() ? CLEAN : DIFFERS;
        } catch (CommandLine.ParameterException | FeedException | IllegalArgumentException e) {
            return failed(WRONG_OPTIONS, e.getMessage());
        } catch (JedisException e) {
            return failed(UNREACHABLE, "Redis" + trouble(e));
        } catch (SQLException e) {
            return failed(UNREACHABLE, "MySQL" + trouble(e));
        } catch (KafkaException e) {
            return failed(UNREACHABLE, "Kafka" + trouble(e));
        } catch (IOException e) {
            boolean isKafka = e.getCause() instanceof KafkaException;
            return isKafka
                    ? failed(UNREACHABLE, "Kafka" + trouble(e))
                    : failed(WRONG_OPTIONS, "trades cannot be read: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(UNREACHABLE, "interrupted");
        }
    }

    private int failed(int code, String message) {
        err.println("rebuild.sh: " + message);
        return code;
    }

    /** The first lines of the error and of what is behind it. */
    private static String trouble(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String first = firstLine(error);
        return ": " + first + (root == error ? "" : " (" + firstLine(root) + ")");
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
