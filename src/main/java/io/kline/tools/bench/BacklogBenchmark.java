package io.kline.tools.bench;

import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.List;

/** Five minutes of trades have waited when the jobs start, and more are coming. */
final class BacklogBenchmark {

    private static final String BACKLOG = "backlog";
    private static final int RATE = 10_000;
    private static final long WAITED_SECONDS = 300;
    private static final long LIMIT_SECONDS = 200;
    private static final long FRESH_MICROS = 1_000_000;

    void run(BenchOptions options, Figures figures) throws Exception {
        int rate = options.scaled(RATE);
        figures.note("%,d trades/s".formatted(rate));
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(BACKLOG, () -> readings(servers, options.seed(), rate))
                    .play(1, figures);
        }
    }

    // The probe is only open.
    @SuppressWarnings("try")
    private static List<Reading> readings(BenchServers servers, long seed, int rate)
            throws Exception {
        RunTopics topics = LiveStack.newTopics(servers);
        Feed feed =
                new Feed(
                        Shape.WIDE,
                        seed,
                        FeedPace.none().then(rate, WAITED_SECONDS + LIMIT_SECONDS));
        try (Feed.Sending sending =
                        feed.start(
                                servers.kafkaAddress(),
                                topics.trades(),
                                servers.newFolder("feed"),
                                System.currentTimeMillis() - WAITED_SECONDS * 1_000);
                TopicSize waiting = new TopicSize(servers.kafkaAddress(), topics.trades())) {
            Visibility visibility =
                    new Visibility(
                            sending.load(),
                            feed.pace().records(),
                            symbol -> symbol.endsWith("0USDT"));
            while (waiting.records() < WAITED_SECONDS * rate) {
                Thread.sleep(100);
            }
            CandleProbe probe = CandleProbe.ofRedis(visibility);
            try (RedisChannels channels =
                            RedisChannels.subscribe(
                                    servers.redis().port(),
                                    LatencyRun.channels(visibility),
                                    (channel, message) -> probe.message(message));
                    LiveStack stack = LiveStack.start(topics)) {
                double seconds = awaitFresh(visibility);
                sending.close();
                stack.requireRightCandles();
                return List.of(new Reading("from the start of the live job", "s", seconds));
            }
        }
    }

    private static double awaitFresh(Visibility visibility) {
        long start = System.nanoTime();
        if (!Await.holds(
                Duration.ofSeconds(LIMIT_SECONDS), () -> visibility.lastIsWithin(FRESH_MICROS))) {
            throw new WrongResultException("still behind after " + LIMIT_SECONDS + " s");
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
