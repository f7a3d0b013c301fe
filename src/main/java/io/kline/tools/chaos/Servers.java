package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.stack.Directories;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.KafkaProcess;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.Stack;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kafka, Redis and MariaDB of a world, and the networks between them and the jobs. What a scenario
 * and the checker do themselves goes past the networks.
 */
final class Servers implements Closeable {

    private static final int MYSQL = 6;
    private static final int MYSQL_PROXY = 7;
    private static final int REDIS_NODES = 40;
    private static final int REDIS_PROXY = 78;
    private static final int REDIS = 79;
    private static final int KAFKA = 92;
    private static final int KAFKA_PROXY = 93;
    private static final int KAFKA_BEHIND_PROXY = 94;
    private static final int KAFKA_CONTROLLER = 95;
    private static final int SECOND_BROKER = 96;
    private static final int SECOND_BROKER_FOR_JOBS = 97;

    private final int firstPort;
    private final Setup setup;
    private final Stack stack;
    private final KafkaProcess second;
    private final RedisServers redis;
    private final Map<ServerKind, Proxy> proxies = new EnumMap<>(ServerKind.class);

    /**
     * @param folder of what they write
     * @param schema SQL file with the tables
     */
    Servers(Path folder, Path schema, int firstPort, Setup setup) throws IOException {
        this.firstPort = firstPort;
        this.setup = setup;
        Path home = Files.createDirectories(folder).toRealPath();
        KafkaProcess kafka =
                KafkaProcess.at(firstPort + KAFKA, home.resolve("kafka"), firstBroker());
        stack =
                new Stack(
                        home,
                        schema,
                        Map.of(
                                "REDIS_PORT", Integer.toString(firstPort + REDIS),
                                "MYSQL_PORT", Integer.toString(firstPort + MYSQL)),
                        Map.of(ServerKind.KAFKA, kafka));
        second =
                KafkaProcess.at(
                        firstPort + SECOND_BROKER, home.resolve("kafka-2"), secondBrokerSettings());
        redis =
                switch (setup) {
                    case SENTINEL -> new SentinelServers(home, firstPort + REDIS_NODES);
                    case CLUSTER -> new ClusterServers(home, firstPort + REDIS_NODES);
                    default -> new OneRedis();
                };
    }

    private Map<String, String> firstBroker() {
        Map<String, String> settings = new LinkedHashMap<>();
        String inside = "PLAINTEXT://" + address(KAFKA);
        settings.put("controller.quorum.voters", "1@" + address(KAFKA_CONTROLLER));
        settings.put(
                "listeners",
                inside
                        + ",PROXY://"
                        + address(KAFKA_BEHIND_PROXY)
                        + ",CONTROLLER://"
                        + address(KAFKA_CONTROLLER));
        settings.put("advertised.listeners", inside + ",PROXY://" + address(KAFKA_PROXY));
        settings.put("listener.security.protocol.map", protocols());
        return settings;
    }

    private Map<String, String> secondBrokerSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker");
        settings.put("node.id", "2");
        settings.put("controller.quorum.voters", "1@" + address(KAFKA_CONTROLLER));
        // No network before it: it is killed.
        settings.put(
                "listeners",
                "PLAINTEXT://"
                        + address(SECOND_BROKER)
                        + ",PROXY://"
                        + address(SECOND_BROKER_FOR_JOBS));
        settings.put("advertised.listeners", settings.get("listeners"));
        settings.put("listener.security.protocol.map", protocols());
        return settings;
    }

    private static String protocols() {
        return "PLAINTEXT:PLAINTEXT,PROXY:PLAINTEXT,CONTROLLER:PLAINTEXT";
    }

    private String address(int port) {
        return Ports.LOOPBACK + ":" + (firstPort + port);
    }

    /** Starts all servers on empty folders, and the networks. */
    void start() throws IOException {
        clean();
        startAll();
        if (setup == Setup.STORES) {
            proxies.put(ServerKind.KAFKA, proxy(KAFKA_PROXY, KAFKA_BEHIND_PROXY));
            proxies.put(ServerKind.REDIS, proxy(REDIS_PROXY, REDIS));
            proxies.put(ServerKind.MYSQL, proxy(MYSQL_PROXY, MYSQL));
        }
    }

    private Proxy proxy(int port, int target) throws IOException {
        return new Proxy(firstPort + port, firstPort + target);
    }

    /** Starts what does not run, but for the second broker. */
    void startAll() {
        Together.run(() -> start(ServerKind.KAFKA), () -> start(ServerKind.MYSQL), redis::start);
    }

    /** Starts a server that was stopped or killed, and makes it ready for the jobs. */
    void start(ServerKind kind) {
        stack.start(kind);
    }

    ServerProcess server(ServerKind kind) {
        return stack.server(kind);
    }

    RedisServers redis() {
        return redis;
    }

    /** A broker that does not belong to the usual ones. */
    ServerProcess secondBroker() {
        return second;
    }

    /** The network between the jobs and a server; there is one in {@link Setup#STORES}. */
    Proxy network(ServerKind kind) {
        return proxies.get(kind);
    }

    /** All processes of the usual servers. */
    List<ServerProcess> processes() {
        List<ServerProcess> all = new ArrayList<>();
        all.add(server(ServerKind.KAFKA));
        all.add(server(ServerKind.MYSQL));
        all.addAll(redis.processes());
        return all;
    }

    /** Variables of the environment that lead scripts and jobs to the servers. */
    Map<String, String> environment() {
        boolean proxied = setup == Setup.STORES;
        return Map.of(
                "KAFKA_PORT", Integer.toString(firstPort + (proxied ? KAFKA_PROXY : KAFKA)),
                "REDIS_PORT", Integer.toString(firstPort + (proxied ? REDIS_PROXY : REDIS)),
                "MYSQL_PORT", Integer.toString(firstPort + (proxied ? MYSQL_PROXY : MYSQL)));
    }

    /** What jobs have to be given besides the environment. */
    List<String> arguments() {
        return redis instanceof OneRedis ? List.of() : redis.arguments();
    }

    /** What leads {@code check.sh} and {@code rebuild.sh} to them, past the networks. */
    List<String> argumentsOfTools() {
        List<String> arguments = new ArrayList<>();
        String kafka = server(ServerKind.KAFKA).address();
        arguments.addAll(List.of("--kafka.bootstrap.servers", kafka));
        arguments.addAll(List.of("--mysql.url", mysqlUrl()));
        arguments.addAll(redis.arguments());
        return arguments;
    }

    String mysqlUrl() {
        return "jdbc:mysql://"
                + server(ServerKind.MYSQL).address()
                + "/"
                + EmbeddedMariaDb.DATABASE;
    }

    private void clean() throws IOException {
        for (ServerKind kind : ServerKind.values()) {
            stack.clean(kind);
        }
        second.clean();
        for (ServerProcess process : redis.processes()) {
            process.stop();
            Directories.delete(process.home());
        }
    }

    @Override
    public void close() {
        try {
            for (Proxy proxy : proxies.values()) {
                proxy.close();
            }
            clean();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Redis of the stack. */
    private final class OneRedis implements RedisServers {

        @Override
        public void start() {
            stack.start(ServerKind.REDIS);
        }

        @Override
        public List<ServerProcess> processes() {
            return List.of(server(ServerKind.REDIS));
        }

        @Override
        public RedisSettings settings() {
            return RedisServers.settings(
                    RedisSettings.Mode.SINGLE, List.of(server(ServerKind.REDIS).address()), null);
        }
    }
}
