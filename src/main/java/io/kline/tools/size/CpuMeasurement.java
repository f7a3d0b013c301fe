package io.kline.tools.size;

import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.store.mysql.MysqlLogin;
import io.kline.tools.cluster.Cluster;
import io.kline.tools.cluster.Rest;
import io.kline.tools.replay.TradeTopic;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.ServerKind;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.Stack;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/**
 * Measures CPU: of the jobs, Redis and MySQL under an even feed, on the servers of {@code stack.sh}
 * and a cluster of {@code cluster.sh} whose TaskManagers run one job each. CPU time, unlike time,
 * says much even where other programs run.
 */
final class CpuMeasurement {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
     * @param calls of the script
     * @param published candles that changed something in Redis
     * @param acknowledged candles that Redis has, written or there already, of all live jobs
     * @param trades that were sent
     */
    record Used(
            double live,
            double history,
            double redis,
            double mysql,
            double calls,
            double published,
            double acknowledged,
            double trades,
            double events) {

        Used since(Used before) {
            return new Used(
                    live - before.live,
                    history - before.history,
                    redis - before.redis,
                    mysql - before.mysql,
                    calls - before.calls,
                    published - before.published,
                    acknowledged - before.acknowledged,
                    trades - before.trades,
                    events - before.events);
        }
    }

    private final Stack stack;
    private final Cluster cluster;
    private final PrintWriter out;
    private final Rest rest;

    CpuMeasurement(Stack stack, Cluster cluster, PrintWriter out) {
        this.stack = stack;
        this.cluster = cluster;
        this.out = out;
        this.rest =
                cluster.rest()
                        .orElseThrow(() -> new IllegalStateException("no JobManager answers"));
    }

    /** What a feed uses once it runs evenly. */
    Used measure(Feed feed, Duration warmUp, Duration time) throws InterruptedException {
        try (TradeTopic topic =
                TradeTopic.open(stack.server(ServerKind.KAFKA).address(), "trades", PATIENCE)) {
            EvenFeed even = new EvenFeed(feed, topic);
            even.run(warmUp);
            Used before = used(even.sent());
            even.run(time);
            Used used = used(even.sent()).since(before);
            out.printf(
                    Locale.ROOT,
                    "%,d symbols, %,d trades/s, %d s: %s%n",
                    feed.symbols(),
                    feed.rate(),
                    time.toSeconds(),
                    used);
            out.flush();
            return used;
        }
    }

    /** What the candles of a past day of some symbols use, per row of MySQL in the end. */
    Used past(int symbols, Duration time) throws InterruptedException, SQLException {
        try (TradeTopic topic =
                TradeTopic.open(stack.server(ServerKind.KAFKA).address(), "trades", PATIENCE)) {
            EvenFeed feed = new EvenFeed(new Feed(symbols, 1), topic);
            long rows = rows();
            Used before = used(0);
            feed.past(time);
            long now = rows();
            long last = -1;
            while (now != last) {
                TimeUnit.SECONDS.sleep(5);
                last = now;
                now = rows();
            }
            Used used = used(feed.sent()).since(before);
            out.printf(Locale.ROOT, "%,d rows of the past: %s%n", now - rows, used);
            out.flush();
            return used;
        }
    }

    private long rows() throws SQLException {
        String url =
                "jdbc:mysql://"
                        + stack.server(ServerKind.MYSQL).address()
                        + "/"
                        + EmbeddedMariaDb.DATABASE;
        try (Connection connection =
                        new MysqlLogin(url, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD)
                                .connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM kline WHERE symbol LIKE 'PAST%'")) {
            result.next();
            return result.getLong(1);
        }
    }

    private Used used(long sent) {
        try (Jedis redis = new Jedis("127.0.0.1", stack.server(ServerKind.REDIS).port())) {
            return new Used(
                    taskManagersOf(LiveJob.NAME),
                    taskManagersOf(HistoryJob.NAME),
                    seconds(stack.server(ServerKind.REDIS)),
                    seconds(stack.server(ServerKind.MYSQL)),
                    calls(redis, "evalsha"),
                    calls(redis, "publish"),
                    sum(LiveJob.NAME, "candlesAccepted"),
                    sent,
                    sum(LiveJob.NAME, "closedCandles"));
        }
    }

    private double taskManagersOf(String job) {
        List<String> names = new ArrayList<>();
        for (Rest.Job each : jobs(job)) {
            names.addAll(rest.taskManagersOf(each.id()));
        }
        return cluster.processes().stream()
                .filter(process -> names.contains(process.name()))
                .mapToDouble(CpuMeasurement::seconds)
                .sum();
    }

    private double sum(String job, String metric) {
        return jobs(job).stream().mapToDouble(each -> rest.sum(each.id(), metric)).sum();
    }

    private List<Rest.Job> jobs(String name) {
        return rest.jobs().stream()
                .filter(job -> job.name().equals(name) && job.isAlive())
                .toList();
    }

    private static double seconds(ServerProcess process) {
        return process.process()
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow(
                                () -> new IllegalStateException(process.name() + " does not run"))
                        .toMillis()
                / 1e3;
    }

    /** How often a command was executed, in scripts too. */
    private static double calls(Jedis redis, String command) {
        return redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*:calls=|,.*", "")))
                .sum();
    }
}
