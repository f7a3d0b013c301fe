package io.kline.demo;

import io.javalin.util.JavalinBindException;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.config.ServerOptions;
import io.kline.demo.feed.Generator;
import io.kline.demo.feed.GeneratorFeed;
import io.kline.server.KlineServer;
import io.kline.server.ServerSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The program behind {@code scripts/demo.sh}, on servers that the script has started: the server
 * with the chart page, both jobs, and a market of made-up trades. Runs until it is interrupted.
 */
public final class DemoMain {

    private static final long SEED = 1;

    /** What the market traded before the demo began, for charts that are not empty. */
    private static final Duration PAST = Duration.ofHours(6);

    private DemoMain() {}

    public static void main(String[] args) throws Exception {
        OptionsReader reader = new OptionsReader(System.getenv());
        KlineOptions options = reader.read("demo.sh").orElseThrow();
        LocalMain.usePasswordOfTheStack(options.mysql);
        KlineServer server = startServer(reader);
        GeneratorFeed feed =
                GeneratorFeed.open(
                        options.kafka.bootstrapServers,
                        options.kafka.tradesTopic,
                        Generator.DEFAULT_SYMBOLS,
                        PAST,
                        SEED);
        Thread trading = new Thread(feed, "trades");
        trading.start();
        System.out.println("Starting both jobs …");
        LocalCluster cluster = LocalCluster.start(LocalMain.uiPort());
        LocalMain.submit(cluster, LocalMain.Which.ALL, options, LocalMain.stateDir());
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
        System.out.println();
        System.out.println("Chart      http://localhost:" + server.port() + "/");
        System.out.println("Flink UI   " + cluster.address());
        System.out.println("Kafka      " + options.kafka.bootstrapServers);
        System.out.println("Redis      " + options.redis.nodes.get(0));
        System.out.println("MySQL      " + options.mysql.url + "  user " + options.mysql.user);
        System.out.println();
        System.out.println(
                "A made-up market: its last " + PAST.toHours() + " hours first, then live.");
        System.out.println("Ctrl-C stops everything.");

        interrupted.await();
        System.out.println("Stopping …");
        server.close();
        feed.close();
        cluster.close();
    }

    private static KlineServer startServer(OptionsReader reader) {
        ServerOptions options =
                reader.read(
                                new ServerOptions(),
                                "demo.sh",
                                "--server.port",
                                System.getenv().getOrDefault("SERVER_PORT", "8080"))
                        .orElseThrow();
        LocalMain.usePasswordOfTheStack(options.mysql);
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
