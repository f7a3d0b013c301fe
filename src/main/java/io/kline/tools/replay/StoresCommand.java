package io.kline.tools.replay;

import io.kline.config.ConfigException;
import io.kline.config.DurationText;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
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
 * A command about what is stored: options of its own, settings of the jobs, an exit code, and a
 * line of trouble.
 */
public final class StoresCommand {

    private static final int AGREE = 0;
    private static final int DIFFER = 1;
    private static final int WRONG_OPTIONS = 2;
    private static final int UNREACHABLE = 3;

    private final String name;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param name of the command, in front of what is printed
     * @param environment has the secrets
     * @param out gets the help text
     * @param err gets trouble
     */
    public StoresCommand(
            String name, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.name = name;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** What the command does, given the arguments that are not its own; returns if all agrees. */
    public interface Work {
        boolean run(List<String> settings) throws IOException, SQLException, InterruptedException;
    }

    /**
     * Reads the command's own options, does its work, and returns the exit code.
     *
     * @param own filled before the work
     */
    public int run(Object own, String[] args, Work work) {
        CommandLine line =
                new CommandLine(own)
                        .setUnmatchedArgumentsAllowed(true)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .registerConverter(Duration.class, DurationText::parse);
        try {
            CommandLine.ParseResult parsed = line.parseArgs(args);
            if (parsed.isUsageHelpRequested()) {
                line.usage(out);
                return AGREE;
            }
            return work.run(parsed.unmatched()) ? AGREE : DIFFER;
        } catch (CommandLine.ParameterException | ConfigException | FeedException e) {
            return failed(WRONG_OPTIONS, e.getMessage());
        } catch (JedisException e) {
            return failed(UNREACHABLE, "Redis" + trouble(e));
        } catch (SQLException e) {
            return failed(UNREACHABLE, "MySQL" + trouble(e));
        } catch (KafkaException e) {
            return failed(UNREACHABLE, "Kafka" + trouble(e));
        } catch (IOException e) {
            return e.getCause() instanceof KafkaException
                    ? failed(UNREACHABLE, "Kafka" + trouble(e))
                    : failed(WRONG_OPTIONS, "a file cannot be read or written: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(UNREACHABLE, "interrupted");
        } catch (OutOfMemoryError e) {
            // Not the code of a difference: nothing was found.
            return failed(UNREACHABLE, "not enough memory: give it more, KLINE_JAVA_OPTS=-Xmx8g");
        }
    }

    /**
     * The settings of the jobs. On the local stack they have its password.
     *
     * @throws ConfigException if a setting cannot be used
     */
    public KlineOptions options(List<String> settings) {
        KlineOptions options =
                new OptionsReader(environment)
                        .read(name, settings.toArray(String[]::new))
                        .orElseThrow();
        StackDefaults.password(options.mysql);
        return options;
    }

    private int failed(int code, String message) {
        err.println(name + ": " + message);
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
