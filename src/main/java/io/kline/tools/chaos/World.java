package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.check.CheckMain;
import io.kline.tools.cluster.Cluster;
import io.kline.tools.cluster.Freshness;
import io.kline.tools.demo.GeneratorFeed;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.Directories;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * Servers, a cluster, both jobs and a market, all of this machine and on ports of their own. A
 * scenario breaks parts of it.
 */
final class World implements Closeable {

    private static final int SLOTS = 8;

    private static final Duration UP = Duration.ofMinutes(5);

    private static final int SYMBOLS = 30;

    private final Path folder;
    private final Servers servers;
    private final Cluster cluster;
    private final Jobs jobs;
    private final PrintStream out;
    final Random random;

    private GeneratorFeed market;
    private Freshness freshness;
    private VersionWatch versions;
    private MemoryWatch memory;
    private int kills;

    /**
     * @param folder of everything that is written
     * @param firstPort the hundreds after it are taken; below 32768, where clients' ports begin
     * @param setup kind of servers
     * @param seed of the market, and of what is random in scenarios
     */
    World(Path root, Path folder, int firstPort, Setup setup, long seed, PrintStream out)
            throws IOException {
        this.folder = folder;
        this.out = out;
        this.random = new Random(seed);
        servers =
                new Servers(
                        folder.resolve("stack"), root.resolve("sql/schema.sql"), firstPort, setup);
        cluster =
                Cluster.in(
                        root,
                        folder.resolve("cluster"),
                        firstPort + 100,
                        setup.jobManagers(),
                        setup.taskManagers(),
                        Map.of(
                                "taskmanager.numberOfTaskSlots",
                                Integer.toString(SLOTS / setup.taskManagers()),
                                "metrics.fetcher.update-interval",
                                "2000"));
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("FLINK_UI_PORT", Integer.toString(firstPort + 100));
        environment.put("KLINE_CLUSTER_DIR", folder.resolve("cluster").toString());
        jobs = new Jobs(root.resolve("scripts"), environment, servers.arguments(), cluster);
    }

    /** Starts everything, and returns when candles are fresh. */
    void start(long seed) throws Exception {
        cluster.stop();
        // What high availability has kept of an earlier run would come back.
        Directories.delete(folder.resolve("cluster"));
        servers.start();
        cluster.start();
        jobs.submit("live");
        jobs.submit("history");
        market = GeneratorFeed.open(kafka().address(), "trades", SYMBOLS, Duration.ZERO, seed);
        new Thread(market, "market").start();
        freshness = Freshness.of(redisSettings());
        versions = new VersionWatch(redisSettings());
        memory = new MemoryWatch(cluster::rest);
        awaitFresh();
    }

    /** Waits until candles are fresh, which is how a scenario begins and ends. */
    void awaitFresh() throws InterruptedException {
        long before = freshness.count();
        Await.until("candles are fresh", UP, () -> freshness.count() > before + 20);
    }

    Freshness freshness() {
        return freshness;
    }

    VersionWatch versions() {
        return versions;
    }

    MemoryWatch memory() {
        return memory;
    }

    /** Kafka, Redis and MariaDB, and the networks between them and the jobs. */
    Servers servers() {
        return servers;
    }

    ServerProcess kafka() {
        return servers.server(ServerKind.KAFKA);
    }

    /** The one Redis, where there is one. */
    ServerProcess redis() {
        return servers.server(ServerKind.REDIS);
    }

    ServerProcess mysql() {
        return servers.server(ServerKind.MYSQL);
    }

    /** Starts a server that was stopped or killed. */
    void start(ServerKind kind) {
        servers.start(kind);
    }

    /** Ends a process with {@code kill -9}. */
    void kill(ServerProcess process) {
        kills++;
        process.kill();
    }

    /** How many processes were killed so far. */
    int kills() {
        return kills;
    }

    /** Starts whatever does not run. */
    void startAll() {
        servers.startAll();
        cluster.processes().parallelStream()
                .filter(process -> !process.isRunning())
                .forEach(ServerProcess::start);
    }

    /** Servers, ZooKeeper, JobManagers and TaskManagers. */
    List<ServerProcess> processes() {
        List<ServerProcess> all = new ArrayList<>(servers.processes());
        all.addAll(cluster.processes());
        return all;
    }

    ServerProcess process(String name) {
        return cluster.processes().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The process of the JobManager that leads. */
    ServerProcess leader() {
        return cluster.leader();
    }

    /** The jobs, as operators see them. */
    Jobs jobs() {
        return jobs;
    }

    /** Sends a signal such as {@code STOP} to a process. */
    void signal(String signal, ServerProcess process) throws IOException, InterruptedException {
        long pid = process.process().orElseThrow().pid();
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    /** A connection to Redis. */
    Jedis jedis() {
        return new Jedis("127.0.0.1", redis().port());
    }

    String mysqlUrl() {
        return servers.mysqlUrl();
    }

    RedisSettings redisSettings() {
        return servers.redis().settings();
    }

    /**
     * Whether the stores hold the candles of what was sent; the violations are printed.
     *
     * @param settle how long what is wrong is read again
     */
    boolean agrees(Duration settle) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(List.of("--topic", "--max-print", "20"));
        args.addAll(List.of("--settle", settle.toSeconds() + "s"));
        args.addAll(List.of("--kafka.bootstrap.servers", kafka().address()));
        args.addAll(List.of("--mysql.url", mysqlUrl()));
        args.addAll(servers.redis().arguments());
        int code = new CheckMain(Map.of(), print, print).run(args.toArray(String[]::new));
        if (code != 0) {
            out.println(report.toString(StandardCharsets.UTF_8));
        }
        return code == 0;
    }

    /** Shows something that a scenario has seen. */
    void print(String line) {
        out.println(line);
    }

    void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    @Override
    public void close() throws IOException {
        if (market != null) {
            market.close();
            freshness.close();
            versions.close();
            memory.close();
        }
        cluster.stop();
        servers.close();
    }
}
