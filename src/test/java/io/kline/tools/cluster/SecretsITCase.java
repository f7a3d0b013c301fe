package io.kline.tools.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.testing.Await;
import io.kline.testing.Documented;
import io.kline.testing.PrivateCa;
import io.kline.testing.RecordedTrades;
import io.kline.testing.SaslKafka;
import io.kline.testing.ShortLived;
import io.kline.testing.Trades;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.SqlFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * Both jobs on a real cluster, and the server, with passwords for all stores: while all is well,
 * and after each store has refused the password. Nothing that anybody may read has one.
 */
class SecretsITCase {

    private static final Map<String, String> SECRETS =
            Map.of(
                    "KLINE_KAFKA_PASSWORD", "kafkaSecretZq7",
                    "KLINE_REDIS_PASSWORD", "redisSecretZq7",
                    "KLINE_MYSQL_PASSWORD", "mysqlSecretZq7");

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long MINUTE = 60_000;
    private static final long START = 1_741_046_400_000L;
    private static final int UI_PORT = 17_500;

    /** Parts of Flink that list other parts are asked first. */
    private static final List<String> OF_THE_CLUSTER =
            List.of(
                    "/config",
                    "/overview",
                    "/jobmanager/config",
                    "/jobmanager/environment",
                    "/jobmanager/log",
                    "/jobmanager/stdout",
                    "/jobmanager/metrics",
                    "/jobmanager/thread-dump",
                    "/taskmanagers",
                    "/jobs/overview",
                    "/jars");

    private static final List<String> OF_A_JOB =
            List.of(
                    "",
                    "/config",
                    "/exceptions",
                    "/plan",
                    "/accumulators",
                    "/checkpoints",
                    "/checkpoints/config",
                    "/jobmanager/config",
                    "/jobmanager/environment");

    private static final List<String> OF_A_TASK_MANAGER =
            List.of("", "/log", "/stdout", "/thread-dump", "/metrics");

    @TempDir Path folder;
    private final Map<String, String> seen = new TreeMap<>();

    @Test
    void noneIsShownAnywhere() throws Exception {
        PrivateCa ca = PrivateCa.in(folder);
        Map<String, String> flink = new HashMap<>(ShortLived.SETTINGS);
        flink.put("taskmanager.numberOfTaskSlots", "2");
        flink.put("parallelism.default", "1");
        flink.put("execution.checkpointing.interval", "1s");
        Cluster cluster = Cluster.in(ROOT, folder.resolve("cluster"), UI_PORT, 1, 1, flink);
        try (SaslKafka kafka = SaslKafka.start(ca, Map.of(), 3_000);
                EmbeddedRedis redis = EmbeddedRedis.temporary();
                EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary()) {
            kafka.scram("kline", SECRETS.get("KLINE_KAFKA_PASSWORD"));
            kafka.allow("kline", "live");
            kafka.allow("kline", "history");
            redis.start();
            mysql.start();
            SqlFile.run(
                    Path.of("sql/schema.sql"),
                    mysql.jdbcUrl(EmbeddedMariaDb.DATABASE),
                    EmbeddedMariaDb.ROOT,
                    "");
            sql(mysql, alterUser(SECRETS.get("KLINE_MYSQL_PASSWORD")));
            try (Jedis jedis = new Jedis(Ports.LOOPBACK, redis.port())) {
                jedis.configSet("requirepass", SECRETS.get("KLINE_REDIS_PASSWORD"));
                Path settings = settings(kafka, redis, mysql, ca);
                Process server = server(settings);
                try {
                    cluster.start();
                    submit("live", settings);
                    submit("history", settings);

                    send(kafka, trade(1, START), trade(2, START + 2 * MINUTE));
                    Await.until(PATIENCE, () -> assertThat(rows(mysql)).isPositive());
                    look(cluster, "well");
                    assertThat(seen.get("well /jobs/overview")).contains("RUNNING");

                    sql(mysql, alterUser("another"));
                    killConnections(mysql);
                    send(kafka, trade(3, START + 4 * MINUTE));
                    awaitLogged("Access denied for user");
                    jedis.configSet("requirepass", "another");
                    jedis.sendCommand(Protocol.Command.CLIENT, "KILL", "TYPE", "normal");
                    send(kafka, trade(4, START + 6 * MINUTE));
                    awaitLogged("WRONGPASS");
                    kafka.scram("kline", "another");
                    awaitLogged("invalid credentials with SASL mechanism SCRAM-SHA-512");
                    look(cluster, "refused");
                    assertThat(seen.get("refused " + folder.resolve("server.out")))
                            .contains("Access denied");
                } finally {
                    server.destroy();
                    cluster.stop();
                }
            }
            files("at the end");
        }
        assertThat(seen).hasSizeGreaterThan(60);
        List<String> leaks = new ArrayList<>();
        seen.forEach(
                (where, text) ->
                        SECRETS.values().stream()
                                .filter(text::contains)
                                .forEach(secret -> leaks.add(secret + " in " + where)));
        assertThat(leaks).isEmpty();
    }

    private void look(Cluster cluster, String when) throws Exception {
        URI flink = URI.create("http://127.0.0.1:" + UI_PORT);
        for (String path : OF_THE_CLUSTER) {
            remember(when, flink, path);
        }
        Rest rest = cluster.rest().orElseThrow();
        for (Rest.Job job : rest.jobs()) {
            for (String path : OF_A_JOB) {
                remember(when, flink, "/jobs/" + job.id() + path);
            }
            for (JsonNode vertex : rest.get("/jobs/" + job.id()).path("vertices")) {
                remember(
                        when,
                        flink,
                        "/jobs/" + job.id() + "/vertices/" + vertex.path("id").asText());
            }
        }
        for (JsonNode manager : rest.get("/taskmanagers").path("taskmanagers")) {
            for (String path : OF_A_TASK_MANAGER) {
                remember(when, flink, "/taskmanagers/" + manager.path("id").asText() + path);
            }
        }
        URI server = URI.create(serverAddress());
        for (String path :
                List.of("/health", "/metrics", "/api/v3/klines?symbol=SECRET&interval=1m")) {
            seen.put(when + " kline-server " + path, get(server.resolve(path)));
        }
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(this::isProcess).toList()) {
                try {
                    seen.put(
                            when + " arguments of " + process.getFileName(),
                            Files.readString(process.resolve("cmdline"), ISO_8859_1));
                } catch (IOException ended) {
                    continue;
                }
            }
        }
        files(when);
    }

    private boolean isProcess(Path path) {
        return path.getFileName().toString().matches("[0-9]+");
    }

    private void remember(String when, URI address, String path) throws Exception {
        seen.put(when + " " + path, get(address.resolve(path)));
    }

    private static String get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Logs, and what else the cluster writes for people. */
    private void files(String when) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes any)
                            throws IOException {
                        if (file.toString().matches(".*(\\.(log|out|yaml)|arguments)")) {
                            seen.put(when + " " + file, Files.readString(file, ISO_8859_1));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /** Checkpoints go meanwhile. */
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone)
                            throws IOException {
                        if (gone instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw gone;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void awaitLogged(String text) throws Exception {
        Await.until(
                PATIENCE,
                () -> {
                    files("waiting");
                    assertThat(seen.entrySet())
                            .as(text)
                            .filteredOn(entry -> entry.getKey().contains("taskmanager-1"))
                            .anyMatch(entry -> entry.getValue().contains(text));
                });
    }

    private Path settings(SaslKafka kafka, EmbeddedRedis redis, EmbeddedMariaDb mysql, PrivateCa ca)
            throws Exception {
        List<String> client = new ArrayList<>();
        for (String beginning :
                List.of("security.protocol=SASL_SSL", "sasl.mechanism=SCRAM", "ssl.trust")) {
            Documented.lines(beginning)
                    .forEach(line -> client.add(line.replace("/etc/kline/ca.pem", "" + ca.ca())));
        }
        Path clientConfig = Files.write(folder.resolve("kafka-client.properties"), client);
        return Files.write(
                folder.resolve("kline.properties"),
                List.of(
                        "kafka.bootstrap.servers=" + kafka.address(),
                        "kafka.client-config=" + clientConfig,
                        "kafka.user=kline",
                        "kline.intervals=1m",
                        "kline.ticks=off",
                        "kline.idle-timeout=1s",
                        "redis.nodes=" + redis.address(),
                        "redis.user=default",
                        "mysql.url=" + mysql.jdbcUrl(EmbeddedMariaDb.DATABASE),
                        "mysql.user=" + EmbeddedMariaDb.USER,
                        "server.port=0"));
    }

    private void submit(String job, Path settings) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("scripts/submit.sh", job, "--config", settings.toString());
        Map<String, String> environment = builder.environment();
        environment.putAll(SECRETS);
        environment.put("KLINE_BUILT", "yes");
        environment.put("KLINE_CLUSTER_DIR", folder.resolve("cluster").toString());
        Path out = folder.resolve("submit-" + job + ".out");
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    }

    private Process server(Path settings) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        "target/kline-server.jar",
                        "--config",
                        settings.toString());
        builder.environment().putAll(SECRETS);
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.out").toFile())
                .start();
    }

    private String serverAddress() throws Exception {
        Path out = folder.resolve("server.out");
        Await.until(PATIENCE, "the server", () -> Files.readString(out).contains("http://"));
        String text = Files.readString(out);
        return text.substring(text.indexOf("http://")).lines().findFirst().orElseThrow();
    }

    private static void send(SaslKafka kafka, String... trades) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        kafka.unrestricted(), new StringSerializer(), new StringSerializer())) {
            for (String trade : trades) {
                producer.send(new ProducerRecord<>("trades", "SECRET", trade));
            }
        }
    }

    private static String trade(long id, long time) {
        return RecordedTrades.event(Trades.trade("SECRET", id, time, "1.5"));
    }

    private static long rows(EmbeddedMariaDb mysql) throws SQLException {
        try (Connection connection = mysql.connectAsRoot();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM kline.kline")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String alterUser(String password) {
        return "ALTER USER " + EmbeddedMariaDb.USER + " IDENTIFIED BY '" + password + "'";
    }

    private static void sql(EmbeddedMariaDb mysql, String statement) throws SQLException {
        try (Connection connection = mysql.connectAsRoot();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void killConnections(EmbeddedMariaDb mysql) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = mysql.connectAsRoot();
                Statement sql = connection.createStatement()) {
            try (ResultSet row =
                    sql.executeQuery(
                            "SELECT id FROM information_schema.processlist WHERE user = '"
                                    + EmbeddedMariaDb.USER
                                    + "'")) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            for (long id : ids) {
                sql.execute("KILL " + id);
            }
        }
    }
}
