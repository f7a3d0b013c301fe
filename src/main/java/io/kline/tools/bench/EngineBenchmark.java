package io.kline.tools.bench;

import io.kline.config.IntervalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The live job with sinks that take everything, beside the limit: the source, the parser and
 * nothing else. All 15 intervals; all candles are compared with the naive fold.
 */
final class EngineBenchmark {

    private static final String LIMIT = "limit";
    private static final String ENGINE = "engine";
    private static final double MOST_RATIO = 1.25;
    private static final double MOST_CPU = 2.6;

    private final List<Shape> shapes;
    private final boolean withEngine;

    private EngineBenchmark(List<Shape> shapes, boolean withEngine) {
        this.shapes = shapes;
        this.withEngine = withEngine;
    }

    /** The limit alone. */
    static Benchmark limit() {
        return new Benchmark(
                "limit",
                "source + parse + discard: the limit of every job on this source",
                new EngineBenchmark(List.of(Shape.HOT), false)::run);
    }

    /** Limit and engine on the two usual loads. */
    static Benchmark usual() {
        return engine("engine", Shape.HOT, Shape.WIDE);
    }

    /** The same on another load. */
    static Benchmark on(Shape shape) {
        return engine(shape.toString(), shape);
    }

    private static Benchmark engine(String name, Shape... shapes) {
        return new Benchmark(
                name,
                "live job without stores against source + parse + discard, load "
                        + String.join(" and ", Stream.of(shapes).map(Shape::toString).toList()),
                new EngineBenchmark(List.of(shapes), true)::run);
    }

    private void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.kafkaOnly()) {
            for (Shape shape : shapes) {
                figures.progress("filling a topic, " + shape);
                Preloaded input =
                        Preloaded.fill(
                                servers.kafkaAddress(), shape, options.trades(), options.seed());
                Pairing pairing = new Pairing();
                pairing.with(LIMIT + " " + shape, () -> limit(servers, input));
                if (withEngine) {
                    pairing.with(ENGINE + " " + shape, () -> engine(servers, input));
                }
                pairing.play(options.runs(), figures);
                String cpu = Drain.cpuOf(MarkedProcess.JOB);
                figures.ratio(ENGINE + " " + shape, LIMIT + " " + shape, cpu);
                figures.goal(
                        Figures.ratioName(ENGINE + " " + shape, LIMIT + " " + shape),
                        cpu,
                        Goal.atMost(MOST_RATIO));
                figures.goal(ENGINE + " " + shape, cpu, Goal.atMost(MOST_CPU));
            }
        }
    }

    private static List<Reading> limit(BenchServers servers, Preloaded input)
            throws IOException, InterruptedException {
        Drain drain = new Drain(input, servers.processes());
        drain.run(MeasuredMain.class.getName(), "discard", servers.newFolder(LIMIT), List.of());
        return drain.readings();
    }

    /**
     * One run of the live job without stores.
     *
     * @param more arguments of the measured process
     */
    static List<Reading> engine(BenchServers servers, Preloaded input, String... more)
            throws IOException, InterruptedException {
        Drain drain = new Drain(input, servers.processes());
        Path folder = servers.newFolder(ENGINE);
        drain.run(MeasuredMain.class.getName(), ENGINE, folder, List.of(more));
        NaiveFold.Comparison result =
                input.expected().compare(Drain.candles(folder), IntervalOptions.DEFAULT_INTERVALS);
        if (!result.isRight()) {
            throw new WrongResultException(result.text());
        }
        return drain.readings();
    }
}
