package io.kline.demo;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.demo.feed.Generator;
import io.kline.demo.feed.GeneratorFeed;
import java.util.concurrent.CountDownLatch;
import redis.clients.jedis.HostAndPort;

/**
 * The program behind {@code scripts/demo.sh}, on servers that the script has started: both jobs, a
 * market of made-up trades, and a table of its candles. Runs until it is interrupted.
 */
public final class DemoMain {

    private static final long SEED = 1;

    private DemoMain() {}

    public static void main(String[] args) throws Exception {
        KlineOptions options = new OptionsReader(System.getenv()).read("demo.sh").orElseThrow();
        LocalMain.usePasswordOfTheStack(options.mysql);
        System.out.println("Starting both jobs …");
        LocalCluster cluster = LocalCluster.start(LocalMain.uiPort());
        LocalMain.submit(cluster, LocalMain.Which.ALL, options, LocalMain.stateDir());
        GeneratorFeed feed =
                GeneratorFeed.open(
                        options.kafka.bootstrapServers,
                        options.kafka.tradesTopic,
                        Generator.DEFAULT_SYMBOLS,
                        SEED);
        HostAndPort redis = HostAndPort.from(options.redis.nodes.get(0));
        LiveTable table =
                LiveTable.onStandardOutput(
                        redis.getHost(), redis.getPort(), LiveTable.DEFAULT_SYMBOLS);
        Thread trading = new Thread(feed, "trades");
        Thread printing = new Thread(table, "table");
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
        System.out.println("Flink UI   " + cluster.address());
        System.out.println("Kafka      " + options.kafka.bootstrapServers);
        System.out.println("Redis      " + redis);
        System.out.println("MySQL      " + options.mysql.url + "  user " + options.mysql.user);
        System.out.println("Ctrl-C stops everything.");
        System.out.println();
        trading.start();
        printing.start();

        interrupted.await();
        printing.interrupt();
        join(printing);
        System.out.println("Stopping …");
        table.close();
        feed.close();
        cluster.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
