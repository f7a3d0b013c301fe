package io.kline.tools.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The three servers in the background, with everything they write below one directory, and what the
 * jobs expect to find in them: topics and schema.
 */
public final class Stack {

    private static final String DEAD_LETTER_BYTES = String.valueOf(4 << 20);

    /** By the broker's clock: of a writer whose clock is ahead it would refuse the records. */
    private static final Map<String, String> APPEND_TIME =
            Map.of("message.timestamp.type", "LogAppendTime");

    private static final List<NewTopic> TOPICS =
            List.of(
                    topic("trades", 4, Map.of()),
                    topic("klines", 4, Map.of("cleanup.policy", "delete")),
                    topic("trades.dead", 1, Map.of("max.message.bytes", DEAD_LETTER_BYTES)));

    private final Path directory;
    private final Path schema;
    private final Map<String, String> environment;
    private final Map<ServerKind, ServerProcess> own;

    /**
     * @param schema SQL file with the tables; may be missing
     * @param environment where ports are asked for
     */
    public Stack(Path directory, Path schema, Map<String, String> environment) throws IOException {
        this(directory, schema, environment, Map.of());
    }

    /**
     * @param own servers of another kind, in place of the usual ones
     */
    public Stack(
            Path directory,
            Path schema,
            Map<String, String> environment,
            Map<ServerKind, ServerProcess> own)
            throws IOException {
        // One spelling of the path, since processes are recognized by it.
        this.directory = Files.createDirectories(directory).toRealPath();
        this.schema = schema;
        this.environment = environment;
        this.own = own;
    }

    /** Runs the action while other commands that change this stack wait. */
    int alone(IntSupplier action) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        directory.resolve("stack.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            channel.lock();
            return action.getAsInt();
        }
    }

    public ServerProcess server(ServerKind kind) {
        return own.containsKey(kind) ? own.get(kind) : kind.in(directory, environment);
    }

    /** Starts a server if it does not run, and makes it ready for the jobs. */
    public void start(ServerKind kind) {
        ServerProcess server = server(kind);
        try {
            server.start();
        } catch (ServerException e) {
            throw e.getMessage().contains("is taken")
                    ? new ServerException(
                            e.getMessage() + "; set " + kind.portVariable() + " to use another", e)
                    : e;
        }
        if (kind == ServerKind.KAFKA) {
            Topics.create(server.address(), TOPICS);
        } else if (server instanceof EmbeddedMariaDb database && Files.exists(schema)) {
            createTables(database);
        }
    }

    /**
     * Stops a server and deletes its data. With Kafka's the checkpoints of local jobs go, too: they
     * hold offsets that a new Kafka does not know.
     */
    public void clean(ServerKind kind) {
        ServerProcess server = server(kind);
        try {
            server.clean();
            if (kind == ServerKind.KAFKA) {
                Directories.delete(StackDefaults.jobs(directory));
            }
        } catch (IOException e) {
            throw new ServerException(server.name() + ": " + e.getMessage(), e);
        }
    }

    private void createTables(EmbeddedMariaDb database) {
        try {
            String url = database.jdbcUrl(EmbeddedMariaDb.DATABASE);
            SqlFile.run(schema, url, EmbeddedMariaDb.ROOT, "");
        } catch (IOException | SQLException e) {
            throw new ServerException("mysql: " + schema + ": " + e.getMessage(), e);
        }
    }

    /** How to reach a server, and what is in it. */
    String connection(ServerKind kind) {
        String address = server(kind).address();
        return switch (kind) {
            case KAFKA -> address + "  topics trades, klines, trades.dead";
            case REDIS -> address + "  no password";
            case MYSQL ->
                    address
                            + "  jdbc:mysql://"
                            + address
                            + "/"
                            + EmbeddedMariaDb.DATABASE
                            + "  user "
                            + EmbeddedMariaDb.USER
                            + ", password "
                            + EmbeddedMariaDb.PASSWORD;
        };
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(APPEND_TIME);
        all.putAll(configs);
        return new NewTopic(name, partitions, (short) 1).configs(all);
    }
}
