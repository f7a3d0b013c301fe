package io.kline.tools.bench;

import io.kline.tools.stack.Directories;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.KafkaProcess;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** Servers of a benchmark's own, on free ports; their data goes with them. */
final class BenchServers implements AutoCloseable {

    private final KafkaProcess kafka = KafkaProcess.temporary();
    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary();
    private final Path folder;

    private BenchServers() throws IOException {
        folder = Files.createTempDirectory("kline-bench-");
    }

    /** Kafka alone. */
    static BenchServers kafkaOnly() throws IOException {
        BenchServers servers = new BenchServers();
        // The servers would outlive this process.
        Runtime.getRuntime().addShutdownHook(new Thread(servers::closeServers));
        servers.kafka.start();
        return servers;
    }

    /** All three, with the tables. */
    static BenchServers all() throws IOException, SQLException {
        BenchServers servers = kafkaOnly();
        servers.redis.start();
        try (Jedis jedis = new Jedis("127.0.0.1", servers.redis.port())) {
            // A probe gets all of a midnight, 70 MB, on a machine that is busy with it.
            jedis.configSet("client-output-buffer-limit", "pubsub 0 0 0");
        }
        servers.mysql.start();
        servers.emptyStores();
        return servers;
    }

    /** Leaves nothing of an earlier run in Redis and MySQL. */
    void emptyStores() throws IOException, SQLException {
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            jedis.flushAll();
            jedis.configResetStat();
        }
        try (Connection connection = mysql.connectAsRoot();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + EmbeddedMariaDb.DATABASE);
            statement.execute("CREATE DATABASE " + EmbeddedMariaDb.DATABASE);
        }
        SqlFile.run(Path.of("sql/schema.sql"), mysqlUrl(), EmbeddedMariaDb.ROOT, "");
    }

    String kafkaAddress() {
        return kafka.address();
    }

    EmbeddedRedis redis() {
        return redis;
    }

    EmbeddedMariaDb mysql() {
        return mysql;
    }

    String mysqlUrl() {
        return mysql.jdbcUrl(EmbeddedMariaDb.DATABASE);
    }

    /** A new folder for a process. */
    Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name + "-");
    }

    /** Process ids of those that run, by name. */
    Map<String, Long> processes() {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (ServerProcess server : List.of(kafka, redis, mysql)) {
            server.process().ifPresent(process -> ids.put(server.name(), process.pid()));
        }
        return ids;
    }

    private void closeServers() {
        mysql.close();
        redis.close();
        kafka.close();
    }

    @Override
    public void close() throws IOException {
        closeServers();
        Directories.delete(folder);
    }
}
