package io.kline.tools.stack;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The servers of the stack, by the names and default ports people use them by. */
public enum ServerKind {
    KAFKA("Kafka", "KAFKA_PORT", 19_092),
    REDIS("Redis", "REDIS_PORT", 16_379),
    MYSQL("MariaDB", "MYSQL_PORT", 13_306);

    private final String title;
    private final String portVariable;
    private final int defaultPort;

    ServerKind(String title, String portVariable, int defaultPort) {
        this.title = title;
        this.portVariable = portVariable;
        this.defaultPort = defaultPort;
    }

    String title() {
        return title;
    }

    String portVariable() {
        return portVariable;
    }

    /** The name in commands, and of the server's directory. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The server of the stack in {@code directory}, on the port the environment asks for. */
    ServerProcess in(Path directory, Map<String, String> environment) {
        int port = port(environment);
        Path home = directory.resolve(toString());
        return switch (this) {
            case KAFKA -> KafkaProcess.at(port, home);
            case REDIS -> EmbeddedRedis.at(port, home);
            case MYSQL -> EmbeddedMariaDb.at(port, home);
        };
    }

    private int port(Map<String, String> environment) {
        String text = environment.getOrDefault(portVariable, "");
        if (text.isEmpty()) {
            return defaultPort;
        }
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            throw new ServerException(portVariable + " is not a port: " + text, notANumber);
        }
        throw new ServerException(portVariable + " is not a port: " + text);
    }
}
