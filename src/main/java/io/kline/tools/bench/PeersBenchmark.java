package io.kline.tools.bench;

import io.kline.model.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Other ways to make candles, on the same input in turn with the engine. Each is a program of its
 * own that writes its candles of a minute; how many of them are wrong is a figure, too.
 */
final class PeersBenchmark {

    private static final String MAIN = "io.kline.tools.bench.peers.PeerMain";
    private static final String ENGINE = "engine";

    /** These have no stores, as the engine here. */
    private static final List<String> WITHOUT_STORES =
            List.of("sql-tumble", "sql-groupby", "kafka-streams", "textbook");

    /** This one writes to Redis, as the live job. */
    private static final String CONSUMER = "consumer";

    /** Writes to both stores, a trade at a time: the whole load would take it hours. */
    private static final String CLASSIC = "classic";

    /** Stops and reads slowly by design: only what is wrong of its candles is a figure. */
    private static final String RESTORED = "textbook-restore";

    private static final int FEW = 400;

    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));

    /** The engine makes candles of 15 intervals meanwhile. */
    private static final double LEAST_RATIO = 2;

    void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            figures.progress("filling a topic, " + Shape.HOT);
            Preloaded input =
                    Preloaded.fill(
                            servers.kafkaAddress(), Shape.HOT, options.trades(), options.seed());
            Preloaded few =
                    Preloaded.fill(
                            servers.kafkaAddress(),
                            "trades-few",
                            Shape.HOT,
                            Math.max(1_000, options.trades() / FEW),
                            options.seed());
            Pairing pairing = new Pairing();
            pairing.with(ENGINE, () -> EngineBenchmark.engine(servers, input));
            for (String peer : WITHOUT_STORES) {
                pairing.with(peer, () -> peer(servers, input, peer, List.of()));
            }
            pairing.with("full", () -> new FullRun(servers, input).readings());
            pairing.with(CONSUMER, () -> onStores(servers, input, CONSUMER));
            pairing.with(CLASSIC, () -> onStores(servers, few, CLASSIC));
            pairing.with(RESTORED, () -> peer(servers, few, RESTORED, List.of()));
            pairing.play(options.runs(), figures);
        }
        for (String peer : WITHOUT_STORES) {
            figures.ratio(ENGINE, peer, Drain.RATE);
        }
        for (String peer : List.of(CONSUMER, CLASSIC)) {
            figures.ratio("full", peer, Drain.RATE);
        }
        for (String peer : List.of("sql-tumble", "kafka-streams")) {
            figures.goal(Figures.ratioName(ENGINE, peer), Drain.RATE, Goal.atLeast(LEAST_RATIO));
        }
    }

    private static List<Reading> onStores(BenchServers servers, Preloaded input, String peer)
            throws Exception {
        servers.emptyStores();
        return peer(
                servers,
                input,
                peer,
                List.of("--redis", servers.redis().address(), "--mysql", servers.mysqlUrl()));
    }

    private static List<Reading> peer(
            BenchServers servers, Preloaded input, String peer, List<String> more)
            throws IOException, InterruptedException {
        Drain drain = new Drain(input, servers.processes());
        Path folder = servers.newFolder(peer);
        drain.run(MAIN, peer, folder, more);
        NaiveFold.Comparison result = input.expected().compare(Drain.candles(folder), MINUTE);
        List<Reading> readings = new ArrayList<>(drain.readings());
        readings.add(new Reading("candles that are right", "", result.right()));
        readings.add(new Reading("candles that are wrong", "", result.wrong()));
        readings.add(new Reading("candles that are missing", "", result.missing()));
        return readings;
    }
}
