package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.cluster.Cluster;
import io.kline.tools.cluster.Freshness;
import io.kline.tools.demo.GeneratorFeed;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.Directories;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
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

    /** How many ports it takes. */
    static final int PORTS = 200;

    private static final Duration MOMENT = Duration.ofSeconds(2);

    private static final Duration UP = Duration.ofMinutes(5);

    /** Longer than Kafka, or a partition, is away. */
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private static final int SYMBOLS = 30;

    private final Path folder;
    private final Servers servers;
    private final Cluster cluster;
    private final Jobs jobs;
    private final Setup setup;
    private final PrintStream out;
    private final CheckerVerdict verdict;
    private final List<String> notes = new ArrayList<>();
    private final Guests guests = new Guests();
    final Random random;

    private GeneratorFeed market;
    private Thread trading;
    private final SymbolWaits waits = new SymbolWaits(System::nanoTime);
    private Freshness freshness;
    private LatestTrades latest;
    private Pauses pauses;
    private VersionWatch versions;
    private MemoryWatch memory;
    private int kills;
    private long begin;

    /**
     * @param folder of everything that is written
     * @param firstPort of its {@value #PORTS}; below 32768, where clients' ports begin
     * @param setup its kind
     * @param flink settings of Flink that win over all others
     * @param seed of the market, and of what is random in scenarios
     * @param out gets what the checker and the watches find
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
        servers =
                new Servers(
                        folder.resolve("stack"), root.resolve("sql/schema.sql"), firstPort, setup);
        verdict = new CheckerVerdict(servers, setup.settings(), out);
        Map<String, String> settings = new HashMap<>(setup.flink());
        settings.putAll(flink);
        cluster =
                Cluster.in(
                        root,
                        folder.resolve("cluster"),
                        firstPort + 100,
                        setup.jobManagers(),
                        setup.taskManagers(),
                        settings);
        Map<String, String> environment = new HashMap<>(servers.environment());
        environment.put("FLINK_UI_PORT", Integer.toString(firstPort + 100));
        environment.put("KLINE_CLUSTER_DIR", folder.resolve("cluster").toString());
        jobs = new Jobs(root.resolve("scripts"), environment, servers.arguments(), cluster);
    }

    /** Starts everything, and returns when candles are fresh. */
    void start(long seed) throws Exception {
        cluster.kill();
        // What high availability has kept of an earlier run would come back.
        Directories.delete(folder.resolve("cluster"));
        Together.run(servers::start, cluster::start);
        List<String> live = new ArrayList<>(List.of("live"));
        live.addAll(setup.settings());
        Together.run(() -> jobs.submit(live.toArray(String[]::new)), () -> jobs.submit("history"));
        freshness = Freshness.of(redisSettings());
        latest = LatestTrades.of(redisSettings(), waits, out);
        pauses = new Pauses(freshness::longestPause, freshness::reset, this::awaitFresh, waits);
        openMarket(Duration.ZERO, seed);
        begin = System.nanoTime();
        versions = new VersionWatch(redisSettings());
        memory = new MemoryWatch(cluster::rest);
        awaitFresh();
    }

    /** Ends the market, and returns when Kafka has all of it. */
    void closeMarket() {
        market.close();
        pauses.closeMarket();
    }

    /**
     * Opens a market after the one that was closed.
     *
     * @param past for how long it has been open: what it traded until now comes at once
     */
    void openMarket(Duration past, long seed) {
        market = GeneratorFeed.open(kafka().address(), "trades", SYMBOLS, past, PATIENCE, seed);
        market.onSent(trade -> waits.sent(trade.symbol(), trade.time()));
        pauses.openMarket();
        trading = new Thread(market, "market");
        trading.start();
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

    /**
     * Waits until candles are fresh, and those of every symbol that can be have what was sent until
     * now, and what has been sent since but for the last moment: a job that still catches up is not
     * fresh. So a scenario begins and ends.
     */
    void awaitFresh() throws InterruptedException {
        awaitFresh(UP);
    }

    /** The same, but not for ever. */
    void awaitFresh(Duration atMost) throws InterruptedException {
        long now = System.nanoTime();
        Await.until(
                "candles are fresh",
                atMost,
                () ->
                        waits.hasSeenAll(
                                Math.max(now, System.nanoTime() - MOMENT.toNanos()),
                                pauses::isAwaited));
        long before = freshness.count();
        Await.until("candles are fresh", atMost, () -> freshness.count() > before + 20);
    }

    /** How long candles stand still in the scenario that is played. */
    Pauses pauses() {
        return pauses;
    }

    /** What is played while a scenario waits. */
    Guests guests() {
        return guests;
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
        return cluster.process(name);
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

    /** A connection to Redis. */
    Jedis jedis() {
        return new Jedis("127.0.0.1", redis().port());
    }

    RedisSettings redisSettings() {
        return servers.redis().settings();
    }

    /** What the checker finds. */
    CheckerVerdict verdict() {
        return verdict;
    }

    /** Returns when the market of this world has been open for a time. */
    void awaitAge(Duration age) throws InterruptedException {
        sleep(Duration.ofNanos(Math.max(0, begin + age.toNanos() - System.nanoTime())));
    }

    void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    @Override
    public void close() throws IOException {
        if (market != null) {
            // Nobody waits for what Kafka may not take any more.
            trading.interrupt();
            market.close();
            freshness.close();
            latest.close();
            versions.close();
            memory.close();
        }
        // Nothing of it is kept.
        cluster.kill();
        servers.close();
    }
}
