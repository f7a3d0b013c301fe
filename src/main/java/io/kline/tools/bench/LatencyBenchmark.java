package io.kline.tools.bench;

import java.util.List;

/**
 * How long a trade takes to Redis and to a client of the WebSocket, at parts of the highest rate
 * and at several merge intervals.
 */
final class LatencyBenchmark {

    private static final List<Shape> SHAPES = List.of(Shape.HOT, Shape.WIDE);
    private static final long WARM_UP_SECONDS = 30;
    private static final long SECONDS = 30;

    /** What a trade may take beyond the merge interval at half of the highest rate, ms. */
    private static final double MORE = 200;

    private final List<Integer> percents;
    private final List<Integer> mergeMillis;

    private LatencyBenchmark(List<Integer> percents, List<Integer> mergeMillis) {
        this.percents = percents;
        this.mergeMillis = mergeMillis;
    }

    /** At 20, 50 and 80 % of the highest rate. */
    static Benchmark all() {
        return at("latency", List.of(20, 50, 80), List.of(333, 100, 33));
    }

    /** At half of the highest rate. */
    static Benchmark half() {
        return at("latency-half", List.of(50), List.of(333, 100));
    }

    private static Benchmark at(String name, List<Integer> percents, List<Integer> mergeMillis) {
        return new Benchmark(
                name,
                "trade to Redis and to WebSocket at "
                        + percents
                        + " % of the highest rate (--rate, or measured), merge intervals "
                        + mergeMillis
                        + " ms",
                new LatencyBenchmark(percents, mergeMillis)::run);
    }

    private void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            Pairing pairing = new Pairing();
            for (Shape shape : SHAPES) {
                double highest =
                        options.rate() > 0
                                ? options.rate()
                                : drain(servers, shape, options, figures);
                figures.note("100 %% of %s is %,.0f trades/s".formatted(shape, highest));
                for (int percent : percents) {
                    long rate = Math.max(1, Math.round(highest * percent / 100));
                    add(pairing, servers, shape, percent, rate, options.seed());
                }
            }
            // Each is of millions of trades already, and takes minutes.
            pairing.play(1, figures);
        }
        for (Shape shape : SHAPES) {
            for (int merge : mergeMillis) {
                figures.goal(
                        variant(shape, 50, merge), LatencyRun.REDIS_P99, Goal.atMost(merge + MORE));
            }
        }
    }

    private void add(
            Pairing pairing, BenchServers servers, Shape shape, int percent, long rate, long seed) {
        for (int merge : mergeMillis) {
            String setting = "--kline.merge-interval=" + merge + "ms";
            pairing.with(
                    variant(shape, percent, merge),
                    () -> play(servers, shape, rate, seed, setting));
        }
        if (shape == Shape.WIDE) {
            // Candles are the limit there.
            int merge = mergeMillis.get(0);
            List<String> settings =
                    List.of(
                            "--kline.merge-interval=" + merge + "ms",
                            "--kline.refresh=" + AblationsBenchmark.REFRESH);
            pairing.with(
                    variant(shape, percent, merge) + ", kline.refresh",
                    () -> play(servers, shape, rate, seed, settings.toArray(String[]::new)));
        }
    }

    private static List<Reading> play(
            BenchServers servers, Shape shape, long rate, long seed, String... settings)
            throws Exception {
        FeedPace warmUp = FeedPace.none().then(rate, WARM_UP_SECONDS);
        return new LatencyRun(servers, shape, seed, warmUp, warmUp.then(rate, SECONDS), settings)
                .readings();
    }

    private static String variant(Shape shape, int percent, int merge) {
        return "%s, %d %%, merge %d ms".formatted(shape, percent, merge);
    }

    private static double drain(
            BenchServers servers, Shape shape, BenchOptions options, Figures figures)
            throws Exception {
        figures.progress("measuring the highest rate, " + shape);
        Preloaded input =
                Preloaded.fill(servers.kafkaAddress(), shape, options.trades(), options.seed());
        return new FullRun(servers, input)
                .readings().stream()
                        .filter(each -> each.what().equals(Drain.RATE))
                        .findFirst()
                        .orElseThrow()
                        .value();
    }
}
