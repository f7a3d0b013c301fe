package io.kline.tools.size;

import io.kline.config.KlineOptions;
import io.kline.config.MysqlOptions;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.store.mysql.MysqlLogin;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.replay.TradeTopic;
import io.kline.tools.stack.Await;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.apache.flink.api.common.JobStatus;
import redis.clients.jedis.Jedis;

/**
 * Measures CPU: of the jobs, which run in this process, of Redis and of MySQL, under an even feed.
 * CPU time, unlike time, says much even where other programs run.
 */
final class CpuMeasurement implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long nothing has to change until all is done. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    /**
     * An even feed.
     *
     * @param symbols that trade
     * @param rate trades a second of all of them
     */
    record Feed(int symbols, int rate) {}

    /**
     * What was used and done.
     *
     * @param seconds how long
     * @param jobs CPU seconds of this process, the feed aside
     * @param redis CPU seconds
     * @param trades that were sent
     * @param calls of the script
     * @param published candles that changed something in Redis
     */
    record Used(
            double seconds,
            double jobs,
            double redis,
            double trades,
            double calls,
            double published) {

        Used since(Used before) {
            return new Used(
                    seconds - before.seconds,
                    jobs - before.jobs,
                    redis - before.redis,
                    trades - before.trades,
                    calls - before.calls,
                    published - before.published);
        }
    }

    private final KlineOptions options;
    private final Path folder;
    private final DoubleSupplier mysql;
    private final PrintWriter out;
    private final TradeTopic topic;
    private final List<Long> feedThreads;
    private final LocalCluster cluster;

    /**
     * @param folder of checkpoints
     * @param mysql CPU seconds of MySQL so far
     */
    CpuMeasurement(KlineOptions options, Path folder, DoubleSupplier mysql, PrintWriter out)
            throws Exception {
        this.options = options;
        this.folder = folder;
        this.mysql = mysql;
        this.out = out;
        this.topic =
                TradeTopic.open(
                        options.kafka.bootstrapServers, options.kafka.tradesTopic, PATIENCE);
        // Before the jobs have producers of their own.
        this.feedThreads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(
                                thread ->
                                        thread == Thread.currentThread()
                                                || thread.getName().startsWith("kafka-producer"))
                        .map(Thread::getId)
                        .toList();
        this.cluster = LocalCluster.start(0);
    }

    /** Starts a live job; a second one goes on from the newest checkpoint of the first. */
    LocalCluster.Job live() throws Exception {
        return start(
                cluster.submit(
                        LiveJob.NAME,
                        1,
                        folder.resolve("live"),
                        env -> LiveJob.define(env, options)));
    }

    private LocalCluster.Job start(LocalCluster.Job job) {
        Await.until(job.name() + " runs", START_LIMIT, () -> isRunning(job));
        return job;
    }

    private boolean isRunning(LocalCluster.Job job) {
        try {
            return cluster.status(job) == JobStatus.RUNNING;
        } catch (Exception e) {
            throw new IllegalStateException(job.name() + " has failed", e);
        }
    }

    /** Ends a job. */
    void end(LocalCluster.Job job) throws Exception {
        cluster.cancel(job);
    }

    /** What a feed uses once it runs evenly. */
    Used measure(Feed feed, Duration warmUp, Duration time) throws InterruptedException {
        EvenFeed even = new EvenFeed(feed, topic);
        even.run(warmUp);
        Used before = used(even.sent());
        even.run(time);
        Used used = used(even.sent()).since(before);
        print("%,d symbols, %,d trades/s: %s", feed.symbols(), feed.rate(), used);
        return used;
    }

    /**
     * CPU seconds per row of the history job and of MySQL.
     *
     * @param history of the job
     */
    record PerRow(double history, double mysql) {}

    /**
     * Makes candles of the past, ends the live job, and has the history job read them.
     *
     * @param idle CPU of this process without work, a second
     */
    PerRow history(LocalCluster.Job live, int symbols, Duration past, double idle)
            throws Exception {
        new EvenFeed(new Feed(symbols, 1), topic).past(past);
        settle(() -> used(0).published());
        end(live);
        double rows = rows();
        double mysqlBefore = mysql.getAsDouble();
        Used before = used(0);
        start(
                cluster.submit(
                        HistoryJob.NAME,
                        1,
                        folder.resolve("history"),
                        env -> HistoryJob.define(env, options)));
        Await.until("rows are written", START_LIMIT, () -> rows() > rows);
        settle(this::rows);
        Used used = used(0).since(before);
        double written = rows() - rows;
        print("%,.0f rows, MySQL %.1f s: %s", written, mysql.getAsDouble() - mysqlBefore, used);
        return new PerRow(
                (used.jobs() - idle * used.seconds()) / written,
                (mysql.getAsDouble() - mysqlBefore) / written);
    }

    private void settle(DoubleSupplier count) throws InterruptedException {
        double last = -1;
        for (double now = count.getAsDouble(); now != last; now = count.getAsDouble()) {
            last = now;
            Thread.sleep(SETTLED.toMillis());
        }
    }

    private double rows() {
        MysqlOptions where = options.mysql;
        try (Connection connection =
                        new MysqlLogin(where.url, where.user, where.password).connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM kline")) {
            result.next();
            return result.getDouble(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Used used(long sent) {
        try (Jedis redis =
                new Jedis(java.net.URI.create("redis://" + options.redis.nodes.get(0)))) {
            return new Used(
                    System.nanoTime() / 1e9,
                    jobs(),
                    info(redis, "cpu", "used_cpu_user:") + info(redis, "cpu", "used_cpu_sys:"),
                    sent,
                    info(redis, "commandstats", "cmdstat_evalsha:calls="),
                    info(redis, "commandstats", "cmdstat_publish:calls="));
        }
    }

    private double jobs() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        double feed =
                feedThreads.stream()
                        .mapToLong(ManagementFactory.getThreadMXBean()::getThreadCpuTime)
                        .sum();
        return (system.getProcessCpuTime() - feed) / 1e9;
    }

    /** The number behind a name in what Redis reports of itself. */
    private static double info(Jedis redis, String section, String name) {
        return redis.info(section)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replaceAll("[^0-9.].*", ""))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }

    @Override
    public void close() {
        topic.close();
        cluster.close();
    }
}
