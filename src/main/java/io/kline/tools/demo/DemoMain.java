package io.kline.tools.demo;

import io.javalin.util.JavalinBindException;
import io.kline.config.CandleOptions.TickMode;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.config.ServerOptions;
import io.kline.server.KlineServer;
import io.kline.server.ServerSettings;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.local.LocalJobs;
import io.kline.tools.stack.StackDefaults;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/**
 * The program behind {@code scripts/demo.sh}, on servers that the script has started: the server
 * with the chart page, both jobs, and a market of made-up trades. Runs until it is interrupted.
 */
public final class DemoMain {

    private static final long SEED = 1;

    /** What the market traded before the demo began, for charts that are not empty. */
    private static final Duration PAST = Duration.ofHours(6);

    private static final String MOST_ACTIVE = "BTCUSDT";

    /** A candle whose last trade is as young as this is of the present, ms. */
    private static final long NEAR = 3_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private DemoMain() {}

    public static void main(String[] args) throws Exception {
        OptionsReader reader = new OptionsReader(System.getenv());
        KlineOptions options = reader.read("demo.sh").orElseThrow();
        StackDefaults.password(options.mysql);
        KlineServer server = startServer(reader);
        GeneratorFeed feed =
                GeneratorFeed.open(
                        options.kafka.bootstrapServers,
                        options.kafka.tradesTopic,
                        Generator.DEFAULT_SYMBOLS,
                        PAST,
                        PATIENCE,
                        SEED);
        Thread trading = new Thread(feed, "trades");
        trading.start();
        System.out.println("Starting both jobs …");
        LocalCluster cluster = LocalCluster.start(StackDefaults.uiPort());
        CountDownLatch interrupted = stopsThisThread();
        System.out.println();
        System.out.println("Chart      http://localhost:" + server.port() + "/");
        System.out.println("Flink UI   " + cluster.address());
        System.out.println("Kafka      " + options.kafka.bootstrapServers);
        System.out.println("Redis      " + options.redis.nodes.get(0));
        System.out.println("MySQL      " + options.mysql.url + "  user " + options.mysql.user);
        System.out.println();
        System.out.println("Ctrl-C stops everything.");
        System.out.println("Reading the market's last " + PAST.toHours() + " hours …");

        // While the past is read the wall clock must not close candles, however slow the machine.
        options.kline.ticks = TickMode.OFF;
        LocalCluster.Job live = LocalJobs.LIVE.submit(cluster, options);
        LocalJobs.HISTORY.submit(cluster, options);
        if (awaitPresent(options, interrupted)) {
            cluster.stop(live);
            options.kline.ticks = TickMode.WALL;
            LocalJobs.LIVE.submit(cluster, options);
            System.out.println("Live.");
        }
        interrupted.await();
        System.out.println("Stopping …");
        server.close();
        feed.close();
        cluster.close();
    }

    /** Waits until the most active symbol's candle is of now; false if interrupted before. */
    private static boolean awaitPresent(KlineOptions options, CountDownLatch interrupted)
            throws InterruptedException {
        HostAndPort address = HostAndPort.from(options.redis.nodes.get(0));
        try (RedisClient redis = RedisClient.create(address.getHost(), address.getPort())) {
            while (!interrupted.await(200, TimeUnit.MILLISECONDS)) {
                String kline = redis.get(RedisKeys.latest(MOST_ACTIVE, "1m"));
                if (kline != null
                        && System.currentTimeMillis() - KlineJson.read(kline).lastTime() < NEAR) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A latch that Ctrl-C releases; the process then goes on until this thread has ended. */
    private static CountDownLatch stopsThisThread() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    interrupted.countDown();
                                    join(main);
                                },
                                "stop"));
        return interrupted;
    }

    private static KlineServer startServer(OptionsReader reader) {
        ServerOptions options =
                reader.read(
                                new ServerOptions(),
                                "demo.sh",
                                "--server.port",
                                System.getenv().getOrDefault("SERVER_PORT", "8080"))
                        .orElseThrow();
        StackDefaults.password(options.mysql);
        try {
            return KlineServer.start(ServerSettings.of(options));
        } catch (JavalinBindException e) {
            System.err.println("The chart's server cannot start: " + e.getMessage());
            System.exit(1);
            throw e;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
