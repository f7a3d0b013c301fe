package io.kline.tools.bench;

import io.kline.tools.local.ServerOnStack;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Both jobs and the server, each in a process of its own, on empty stores and new topics. */
final class LiveStack implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final RunTopics topics;
    private final JobProcess history;
    private final JobProcess live;
    private final ChildProcess server;
    private final int serverPort;
    private final String[] settings;

    private LiveStack(
            RunTopics topics,
            JobProcess history,
            JobProcess live,
            ChildProcess server,
            int serverPort,
            String... settings) {
        this.topics = topics;
        this.history = history;
        this.live = live;
        this.server = server;
        this.serverPort = serverPort;
        this.settings = settings.clone();
    }

    /**
     * Starts them, and waits until they run.
     *
     * @param settings of the jobs
     */
    static LiveStack start(BenchServers servers, String... settings)
            throws IOException, SQLException {
        return start(newTopics(servers), settings);
    }

    /** Empty stores, and topics for jobs that are started later. */
    static RunTopics newTopics(BenchServers servers) throws IOException, SQLException {
        servers.emptyStores();
        String run = "run-" + System.nanoTime();
        RunTopics topics = new RunTopics(servers, "trades-" + run, run);
        topics.createTopics();
        Preloaded.createTopic(servers.kafkaAddress(), topics.trades());
        return topics;
    }

    /** The same on topics that there are; the live job is the last one to start. */
    static LiveStack start(RunTopics topics, String... settings) throws IOException {
        BenchServers servers = topics.servers();
        List<String> all = topics.settings(settings);
        int port = Ports.free();
        ChildProcess server = server(servers, port);
        JobProcess history = JobProcess.start("history", servers.newFolder("history"), all);
        JobProcess live = JobProcess.start("live", servers.newFolder("live"), all);
        return new LiveStack(topics, history, live, server, port, settings);
    }

    private static ChildProcess server(BenchServers servers, int port) throws IOException {
        return startServer(
                servers.newFolder("server").resolve("log"),
                port,
                List.of(
                        "--redis.nodes=" + servers.redis().address(),
                        "--mysql.url=" + servers.mysqlUrl()));
    }

    /**
     * Starts the query server in a process of its own, and waits until it accepts connections.
     *
     * @param log gets its standard error
     * @param settings of the server, without its port
     */
    static ChildProcess startServer(Path log, int port, List<String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ServerOnStack.class.getName());
        command.add("--server.port=" + port);
        command.addAll(settings);
        ChildProcess server = ChildProcess.start(log, Map.of(), line -> {}, command);
        if (!Await.holds(START_LIMIT, () -> !server.isAlive() || Ports.accepts(port))
                || !server.isAlive()) {
            throw new IllegalStateException("the server has not started" + server.logTail());
        }
        return server;
    }

    RunTopics topics() {
        return topics;
    }

    JobProcess live() {
        return live;
    }

    int serverPort() {
        return serverPort;
    }

    /**
     * Sends a load to the jobs.
     *
     * @param begin when its first record is due, ms since the epoch; 0 for soon
     */
    Feed.Sending send(Feed feed, long begin) throws IOException {
        BenchServers servers = topics.servers();
        return feed.start(
                servers.kafkaAddress(), topics.trades(), servers.newFolder("feed"), begin);
    }

    /**
     * Requires that both stores hold the candles of all trades.
     *
     * @throws WrongResultException if they do not
     */
    void requireRightCandles() {
        StoredCandlesVerdict.require(topics, settings);
    }

    @Override
    public void close() {
        server.close();
        live.close();
        history.close();
    }
}
