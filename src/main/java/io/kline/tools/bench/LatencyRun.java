package io.kline.tools.bench;

import io.kline.store.redis.RedisKeys;
import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long trades take to Redis and to a client of the server's WebSocket, from the moment at which
 * each was due.
 */
final class LatencyRun {

    static final String REDIS_P99 = "trade to Redis, p99";

    private static final Duration SETTLE = Duration.ofSeconds(60);

    /** Of many symbols every tenth is watched. */
    private static final int MANY = 100;

    private final BenchServers servers;
    private final Shape shape;
    private final long seed;
    private final FeedPace warmUp;
    private final FeedPace whole;
    private final String[] settings;

    /**
     * @param warmUp what is sent before the latencies count
     * @param whole all that is sent, the beginning included
     * @param settings of the jobs
     */
    LatencyRun(
            BenchServers servers,
            Shape shape,
            long seed,
            FeedPace warmUp,
            FeedPace whole,
            String... settings) {
        this.servers = servers;
        this.shape = shape;
        this.seed = seed;
        this.warmUp = warmUp;
        this.whole = whole;
        this.settings = settings.clone();
    }

    List<Reading> readings() throws Exception {
        try (LiveStack stack = LiveStack.start(servers, settings)) {
            List<Reading> readings = measure(stack);
            stack.requireRightCandles();
            return readings;
        }
    }

    // The probes are only open.
    @SuppressWarnings("try")
    private List<Reading> measure(LiveStack stack) throws Exception {
        try (Feed.Sending sending = stack.send(new Feed(shape, seed, whole), 0)) {
            Visibility inRedis = visibility(sending);
            Visibility atSocket = visibility(sending);
            long from = sending.begin() + warmUp.millis();
            long until = sending.begin() + whole.millis();
            Histogram redis = inRedis.window(from, until);
            Histogram socket = atSocket.window(from, until);
            CandleProbe redisProbe = CandleProbe.ofRedis(inRedis);
            CandleProbe socketProbe = CandleProbe.ofSocket(atSocket);
            try (RedisChannels channelsOpen =
                            RedisChannels.subscribe(
                                    servers.redis().port(),
                                    channels(inRedis),
                                    (channel, message) -> redisProbe.message(message));
                    SocketStreams streamsOpen =
                            SocketStreams.open(
                                    stack.serverPort(), atSocket.symbols(), socketProbe::message)) {
                double late = sending.await();
                awaitAll(inRedis, "Redis");
                awaitAll(atSocket, "the client of the WebSocket");
                List<Reading> readings = new ArrayList<>();
                readings.addAll(percentiles("trade to Redis", redis));
                readings.addAll(percentiles("trade to WebSocket", socket));
                readings.add(new Reading("sent late, p99", "ms", late));
                return readings;
            }
        }
    }

    private Visibility visibility(Feed.Sending sending) throws Exception {
        return new Visibility(
                sending.load(),
                whole.records(),
                symbol -> shape.symbols() < MANY || symbol.endsWith("0USDT"));
    }

    private static void awaitAll(Visibility visibility, String where) {
        if (!Await.holds(SETTLE, () -> visibility.left() == 0)) {
            throw new WrongResultException(
                    "%,d trades have not come to %s".formatted(visibility.left(), where));
        }
    }

    /** The channels of the minutes of all symbols that are watched. */
    static List<String> channels(Visibility visibility) {
        return visibility.symbols().stream().map(each -> RedisKeys.latest(each, "1m")).toList();
    }

    /** Readings of a histogram of µs. */
    static List<Reading> percentiles(String what, Histogram micros) {
        return List.of(
                new Reading(what + ", p50", "ms", micros.getValueAtPercentile(50) / 1e3),
                new Reading(what + ", p99", "ms", micros.getValueAtPercentile(99) / 1e3),
                new Reading(what + ", p99.9", "ms", micros.getValueAtPercentile(99.9) / 1e3),
                new Reading(what + ", highest", "ms", micros.getMaxValue() / 1e3));
    }
}
