package io.kline.tools.replay;

import io.kline.config.ConfigException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import redis.clients.jedis.exceptions.JedisException;

/** How a command ends that holds the stores against trades: an exit code, and a line of trouble. */
public final class StoresCommand {

    private static final int AGREE = 0;
    private static final int DIFFER = 1;
    private static final int WRONG_OPTIONS = 2;
    private static final int UNREACHABLE = 3;

    private final String name;
    private final PrintStream err;

    /**
     * @param name of the command, in front of what is printed
     */
    public StoresCommand(String name, PrintStream err) {
        this.name = name;
        this.err = err;
    }

    /** What the command does; returns whether all agrees. */
    public interface Work {
        boolean run() throws IOException, SQLException, InterruptedException;
    }

    /** Does it, and returns the exit code. */
    public int run(Work work) {
        try {
            return work.run() ? AGREE : DIFFER;
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
        }
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
