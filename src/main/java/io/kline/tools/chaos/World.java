package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.cluster.Cluster;
import io.kline.tools.cluster.Freshness;
import io.kline.tools.demo.GeneratorFeed;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.Directories;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.Stack;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * Servers, a cluster, both jobs and a market, all of this machine and on ports of their own. A
 * scenario breaks parts of it.
 */
final class World implements Closeable {

    static final int JOB_MANAGERS = 2;
    static final int TASK_MANAGERS = 4;

    private static final Duration UP = Duration.ofMinutes(5);

    private static final int SYMBOLS = 30;

    private final Path folder;
    private final Stack stack;
    private final Cluster cluster;
    private final Jobs jobs;
    private final Setup setup;
    private final PrintStream out;
    private final List<String> notes = new ArrayList<>();
    final Random random;

    private GeneratorFeed market;
    private Freshness freshness;
    private VersionWatch versions;
    private List<String> checked = List.of();
    private int kills;

    /**
     * @param folder of everything that is written
     * @param firstPort the hundreds after it are taken; below 32768, where clients' ports begin
     * @param setup its kind
     * @param flink settings of Flink that win over all others
     * @param seed of the market, and of what is random in scenarios
     */
    World(
            Path root,
            Path folder,
            int firstPort,
            Setup setup,
            Map<String, String> flink,
            long seed,
            PrintStream out)
            throws IOException {
        this.folder = folder;
        this.setup = setup;
        this.out = out;
        this.random = new Random(seed);
        Map<String, String> environment =
                Map.of(
                        "KAFKA_PORT", Integer.toString(firstPort + 92),
                        "REDIS_PORT", Integer.toString(firstPort + 79),
                        "MYSQL_PORT", Integer.toString(firstPort + 6),
                        "FLINK_UI_PORT", Integer.toString(firstPort + 100),
                        "KLINE_STACK_DIR", folder.resolve("stack").toString(),
                        "KLINE_CLUSTER_DIR", folder.resolve("cluster").toString());
        stack = new Stack(folder.resolve("stack"), root.resolve("sql/schema.sql"), environment);
        Map<String, String> settings = new HashMap<>(flink);
        settings.put("taskmanager.numberOfTaskSlots", "2");
        settings.put("metrics.fetcher.update-interval", "2000");
        // Seven of them start at the same time.
        settings.put("pekko.startup-timeout", "2min");
        cluster =
                Cluster.in(
                        root,
                        folder.resolve("cluster"),
                        firstPort + 100,
                        JOB_MANAGERS,
                        TASK_MANAGERS,
                        settings);
        jobs = new Jobs(root.resolve("scripts"), environment, cluster);
    }

    /** Starts everything, and returns when candles are fresh. */
    void start(long seed) throws Exception {
        cluster.stop();
        // What high availability has kept of an earlier run would come back.
        Directories.delete(folder.resolve("cluster"));
        for (ServerKind kind : ServerKind.values()) {
            stack.clean(kind);
        }
        List.of(ServerKind.values()).parallelStream().forEach(stack::start);
        cluster.start();
        List<String> live = new ArrayList<>(List.of("live"));
        live.addAll(setup.settings());
        jobs.submit(live.toArray(String[]::new));
        jobs.submit("history");
        openMarket(Duration.ZERO, seed);
        freshness = Freshness.of(redisSettings());
        versions = new VersionWatch(redisSettings());
        awaitFresh();
    }

    /** Ends the market, and returns when Kafka has all of it. */
    void closeMarket() {
        market.close();
    }

    /**
     * Opens a market after the one that was closed.
     *
     * @param past for how long it has been open: what it traded until now comes at once
     */
    void openMarket(Duration past, long seed) {
        market = GeneratorFeed.open(kafka().address(), "trades", SYMBOLS, past, seed);
        new Thread(market, "market").start();
    }

    /** Whether candles are fresh within a time from now on. */
    boolean isFreshWithin(Duration time) {
        long before = freshness.count();
        return Await.holds(time, () -> freshness.count() > before + 20);
    }

    /** Checks these symbols alone from now on. */
    void checkOnly(List<String> symbols) {
        checked = List.of("--symbols", String.join(",", symbols));
    }

    /** A figure that belongs to the outcome of the scenario. */
    void note(String text, Object... values) {
        notes.add(String.format(Locale.ROOT, text, values));
    }

    /** What was noted since the last call. */
    List<String> notes() {
        List<String> taken = List.copyOf(notes);
        notes.clear();
        return taken;
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

    ServerProcess kafka() {
        return stack.server(ServerKind.KAFKA);
    }

    ServerProcess redis() {
        return stack.server(ServerKind.REDIS);
    }

    ServerProcess mysql() {
        return stack.server(ServerKind.MYSQL);
    }

    /** Starts a server that was stopped or killed. */
    void start(ServerKind kind) {
        stack.start(kind);
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
        List.of(ServerKind.values()).parallelStream()
                .filter(kind -> !stack.server(kind).isRunning())
                .forEach(stack::start);
        cluster.processes().stream().filter(p -> !p.isRunning()).forEach(ServerProcess::start);
    }

    /** Servers, ZooKeeper, JobManagers and TaskManagers. */
    List<ServerProcess> processes() {
        List<ServerProcess> all = new ArrayList<>(List.of(kafka(), redis(), mysql()));
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

    /** The folder of the cluster's checkpoints. */
    Path checkpoints() {
        return cluster.checkpoints();
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
        return "jdbc:mysql://" + mysql().address() + "/" + EmbeddedMariaDb.DATABASE;
    }

    RedisSettings redisSettings() {
        return new RedisSettings(
                RedisSettings.Mode.SINGLE,
                List.of(redis().address()),
                null,
                null,
                null,
                false,
                1500);
    }

    /**
     * Whether the stores hold the candles of what was sent; the violations are printed.
     *
     * @param settle how long what is wrong is read again
     */
    boolean agrees(Duration settle) {
        List<String> args = new ArrayList<>(List.of("--topic"));
        args.addAll(checked);
        args.addAll(setup.settings());
        return check(settle, args);
    }

    /** Runs the checker with more arguments, and returns whether it found nothing. */
    boolean check(Duration settle, List<String> more) {
        return new StoreCheck(kafka(), redis(), mysqlUrl(), out).agrees(settle, more);
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
        }
        cluster.stop();
        for (ServerKind kind : ServerKind.values()) {
            stack.clean(kind);
        }
    }
}
