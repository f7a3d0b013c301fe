package io.kline.tools.stack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and controller in this JVM, on the loopback interface: transactions work on the
 * single node and may stay open for a day, topics are never created by use.
 */
public final class EmbeddedKafka implements AutoCloseable {

    // Always the same, so that formatting again what is formatted changes nothing.
    private static final String CLUSTER_ID = "a2xpbmUta2xpbmUta2xpbg";

    private final int port;
    private final Path data;
    private final boolean temporary;
    private final Map<String, String> settings;
    private KafkaRaftServer server;

    private EmbeddedKafka(int port, Path data, boolean temporary, Map<String, String> settings) {
        this.port = port;
        this.data = data;
        this.temporary = temporary;
        this.settings = settings;
    }

    /**
     * A broker that keeps its data in {@code data}.
     *
     * @param settings of the broker, that win over all others
     */
    static EmbeddedKafka at(int port, Path data, Map<String, String> settings) {
        return new EmbeddedKafka(port, data.toAbsolutePath(), false, settings);
    }

    /** A broker on a free port whose data goes when it is closed. */
    public static EmbeddedKafka temporary() {
        return temporary(Ports.free(), Map.of());
    }

    /**
     * The same on a port.
     *
     * @param settings of the broker, that win over all others
     */
    public static EmbeddedKafka temporary(int port, Map<String, String> settings) {
        return new EmbeddedKafka(port, Directories.temporary("kline-kafka-"), true, settings);
    }

    /** Value of {@code bootstrap.servers}. */
    public String address() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Starts the broker on the data of its last run, if there is any; returns when it serves. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        if (!Ports.isFree(port)) {
            throw new ServerException("kafka: port " + port + " is taken by another program");
        }
        Properties properties = properties();
        format(properties);
        KafkaRaftServer starting =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        starting.startup();
        server = starting;
    }

    /** Shuts the broker down cleanly; its data stays. Does nothing when it does not run. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
        if (temporary) {
            try {
                Directories.delete(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Properties properties() {
        // Only the node itself uses the controller's port, so it may differ between runs.
        int controllerPort = Ports.free();
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@" + Ports.LOOPBACK + ":" + controllerPort);
        p.setProperty(
                "listeners",
                "PLAINTEXT://"
                        + address()
                        + ",CONTROLLER://"
                        + Ports.LOOPBACK
                        + ":"
                        + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + address());
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("inter.broker.listener.name", "PLAINTEXT");
        p.setProperty("log.dirs", data.toString());
        // How long a broker that was killed is taken for alive, and its restart kept waiting.
        p.setProperty("broker.session.timeout.ms", "4000");
        p.setProperty("broker.heartbeat.interval.ms", "1000");
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("transaction.max.timeout.ms", String.valueOf(Duration.ofDays(1).toMillis()));
        for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
            p.setProperty(topic + ".replication.factor", "1");
            // Fewer than the default of 50, which take a second to open.
            p.setProperty(topic + ".num.partitions", "4");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        // The default of 128 MB is a quarter of the heap that the stack gives a broker.
        p.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        p.putAll(settings);
        return p;
    }

    private void format(Properties properties) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            Files.createDirectories(data);
            Path file = Files.createTempFile("kline-kafka-", ".properties");
            int exit;
            try {
                try (Writer writer = Files.newBufferedWriter(file)) {
                    properties.store(writer, null);
                }
                exit = StorageTool.execute(formatCommand(file), stream(output));
            } finally {
                Files.delete(file);
            }
            if (exit != 0) {
                throw new ServerException(
                        "kafka: cannot format "
                                + data
                                + ": "
                                + output.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new ServerException("kafka: cannot format " + data + ": " + e.getMessage(), e);
        }
    }

    private static String[] formatCommand(Path properties) {
        return new String[] {
            "format",
            "--ignore-formatted",
            "--cluster-id",
            CLUSTER_ID,
            "--config",
            properties.toString()
        };
    }

    private static PrintStream stream(ByteArrayOutputStream output) {
        return new PrintStream(output, true, StandardCharsets.UTF_8);
    }
}
