package io.kline.tools.stack;

import io.kline.config.ConfigException;
import io.kline.config.MysqlOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What the programs on the local stack assume where nothing else is set. */
public final class StackDefaults {

    private static final Pattern LOCAL =
            Pattern.compile("jdbc:mysql://(localhost|127\\.0\\.0\\.1|\\[::1])[:/]");

    private StackDefaults() {}

    /** The folder of the stack's data: {@code KLINE_STACK_DIR}, or one below the project. */
    public static Path folder(Map<String, String> environment) {
        return folder(environment, "KLINE_STACK_DIR", "target/stack");
    }

    /** The folder of the local cluster: {@code KLINE_CLUSTER_DIR}, or one below the project. */
    public static Path cluster(Map<String, String> environment) {
        return folder(environment, "KLINE_CLUSTER_DIR", "target/cluster");
    }

    private static Path folder(Map<String, String> environment, String variable, String below) {
        String own = environment.getOrDefault(variable, "");
        Path root = Path.of(System.getProperty("kline.root", ""));
        // Processes are known by it.
        return (own.isEmpty() ? root.resolve(below) : Path.of(own)).toAbsolutePath().normalize();
    }

    /**
     * Where local jobs keep their checkpoints: beside the servers' data, whose offsets they hold.
     */
    public static Path jobs(Path stack) {
        return stack.resolve("jobs");
    }

    /** Port of the Flink UI. */
    public static int uiPort() {
        return Integer.parseInt(System.getenv().getOrDefault("FLINK_UI_PORT", "8081"));
    }

    /**
     * Sets the stack's own password, unless one is set.
     *
     * @throws ConfigException if the server is not on this machine: it is another one's
     */
    public static void password(MysqlOptions options) {
        if (options.password != null) {
            return;
        }
        if (!LOCAL.matcher(options.url).lookingAt()) {
            throw new ConfigException(
                    "mysql.password is missing for " + options.url + ": set KLINE_MYSQL_PASSWORD");
        }
        options.password = EmbeddedMariaDb.PASSWORD;
    }
}
