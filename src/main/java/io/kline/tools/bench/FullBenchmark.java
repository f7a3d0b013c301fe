package io.kline.tools.bench;

import java.util.List;

/**
 * Both jobs on Kafka, Redis and MySQL: how fast a backlog is drained, which is the highest rate
 * that can be sustained.
 */
final class FullBenchmark {

    private static final double LEAST_HOT = 250_000;
    private static final double LEAST_WIDE = 100_000;

    void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            for (Shape shape : List.of(Shape.HOT, Shape.WIDE)) {
                figures.progress("filling a topic, " + shape);
                Preloaded input =
                        Preloaded.fill(
                                servers.kafkaAddress(), shape, options.trades(), options.seed());
                new Pairing()
                        .with(variant(shape), () -> new FullRun(servers, input).readings())
                        .play(options.runs(), figures);
            }
        }
        figures.goal(variant(Shape.HOT), Drain.RATE, Goal.atLeast(LEAST_HOT));
        figures.goal(variant(Shape.WIDE), Drain.RATE, Goal.atLeast(LEAST_WIDE));
        for (Shape shape : List.of(Shape.HOT, Shape.WIDE)) {
            figures.goal(
                    variant(shape),
                    FullRun.REDIS_MICROS,
                    Goal.atMost(ScriptBenchmark.MOST_FORMING));
        }
    }

    private static String variant(Shape shape) {
        return "full " + shape;
    }
}
