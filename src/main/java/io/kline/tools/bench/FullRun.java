package io.kline.tools.bench;

import io.kline.kafka.TopicProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One run of both jobs on a backlog, each in a process of its own, with empty stores. It ends when
 * all candles are in both stores, and the checker has compared them with the trades.
 */
final class FullRun {

    static final String REDIS_MICROS = "CPU of redis per latest kline written";
    static final String MYSQL_DELAY = "all in MySQL after the last trade";

    private static final String HISTORY = "history";
    private static final String MYSQL = "mysql";
    private static final String PUBLISHED = "publish";
    private static final String MICROS = "redis µs";
    private static final String ROWS = "rows";
    private static final Duration HISTORY_LIMIT = Duration.ofMinutes(15);

    private final BenchServers servers;
    private final Preloaded input;
    private final String[] settings;

    /**
     * @param settings of the jobs, such as {@code --kline.merge-interval=10ms}
     */
    FullRun(BenchServers servers, Preloaded input, String... settings) {
        this.servers = servers;
        this.input = input;
        this.settings = settings.clone();
    }

    List<Reading> readings() throws IOException, SQLException, InterruptedException {
        servers.emptyStores();
        RunTopics topics = new RunTopics(servers, input.topic(), "run-" + System.nanoTime());
        topics.createTopics();
        List<String> jobSettings = topics.settings(settings);
        Path folder = servers.newFolder(HISTORY);
        try (JobProcess history = JobProcess.start(HISTORY, folder, jobSettings)) {
            Map<String, Long> others = new LinkedHashMap<>(servers.processes());
            others.put(HISTORY, history.pid());
            StoreCounters stores = new StoreCounters(servers);
            Drain drain =
                    new Drain(input, others)
                            .counting(PUBLISHED, () -> stores.redisCalls(PUBLISHED))
                            .counting(MICROS, stores::redisMicros)
                            .counting(ROWS, stores::mysqlRows);
            drain.run(
                    MeasuredMain.class.getName(),
                    "live",
                    servers.newFolder("live"),
                    live(jobSettings));
            awaitHistory(topics);
            List<Reading> readings = readings(drain, drain.process().snapshot());
            StoredCandlesVerdict.require(topics, "--kline.ticks=off");
            return readings;
        }
    }

    private void awaitHistory(RunTopics topics) throws IOException, InterruptedException {
        Properties kafka = new Properties();
        kafka.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafkaAddress());
        if (!new TopicProgress(topics.klines(), topics.historyGroup(), kafka, HISTORY_LIMIT)
                .await()) {
            throw new WrongResultException(
                    "the history job is not through after " + HISTORY_LIMIT.toMinutes() + " min");
        }
    }

    /** The job's own settings, in the form in which the measured process takes them. */
    private static List<String> live(List<String> settings) {
        return settings.stream().map(each -> "--set=" + each.substring(2)).toList();
    }

    private static List<Reading> readings(Drain drain, Snapshot settled) {
        Snapshot warm = drain.process().warm();
        Snapshot done = drain.process().done();
        double latest = done.countSince(warm, PUBLISHED);
        double rows = Math.max(1, settled.countSince(warm, ROWS));
        List<Reading> readings = new ArrayList<>(drain.readings());
        // These two go on after the live job's end; they are reported per row.
        readings.removeIf(
                each ->
                        each.what().equals(Drain.cpuOf(HISTORY))
                                || each.what().equals(Drain.cpuOf(MYSQL)));
        readings.add(
                new Reading("latest klines written/s", "1/s", latest / done.secondsSince(warm)));
        readings.add(new Reading(REDIS_MICROS, "µs", done.countSince(warm, MICROS) / latest));
        readings.add(
                new Reading(
                        "CPU of job per million klines written",
                        "s",
                        done.cpuSince(warm, MarkedProcess.JOB) / latest * 1e6));
        for (String process : List.of(HISTORY, MYSQL)) {
            readings.add(
                    new Reading(
                            "CPU of " + process + " per million rows",
                            "s",
                            settled.cpuSince(warm, process) / rows * 1e6));
        }
        readings.add(new Reading("rows", "", settled.counts().get(ROWS)));
        readings.add(new Reading(MYSQL_DELAY, "s", settled.secondsSince(done)));
        return readings;
    }
}
