package io.kline.tools.bench;

import java.util.List;

/** Ten seconds of many more trades than before: what they wait, and that none is lost. */
final class BurstBenchmark {

    private static final List<Shape> SHAPES = List.of(Shape.HOT, Shape.WIDE);
    private static final int RATE = 120_000;
    private static final int QUIET = 10_000;
    private static final long WARM_UP_SECONDS = 30;
    private static final long BURST_SECONDS = 10;
    private static final double MOST_MILLIS = 2_000;

    void run(BenchOptions options, Figures figures) throws Exception {
        FeedPace warmUp = FeedPace.none().then(options.scaled(QUIET), WARM_UP_SECONDS);
        FeedPace whole = warmUp.then(options.scaled(RATE), BURST_SECONDS);
        try (BenchServers servers = BenchServers.all()) {
            Pairing pairing = new Pairing();
            for (Shape shape : SHAPES) {
                pairing.with(
                        shape.toString(),
                        () ->
                                new LatencyRun(servers, shape, options.seed(), warmUp, whole)
                                        .readings());
            }
            pairing.play(1, figures);
        }
        for (Shape shape : SHAPES) {
            figures.goal(shape.toString(), LatencyRun.REDIS_P99, Goal.atMost(MOST_MILLIS));
        }
    }
}
