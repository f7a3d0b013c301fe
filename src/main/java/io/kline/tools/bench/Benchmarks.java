package io.kline.tools.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All benchmarks, in the order of their report. */
final class Benchmarks {

    /** Every one. */
    static final List<Benchmark> ALL =
            List.of(
                    new ParseAndFoldBenchmark(),
                    new ScriptBenchmark(),
                    EngineBenchmark.limit(),
                    EngineBenchmark.usual(),
                    EngineBenchmark.on(Shape.ONE_SYMBOL),
                    EngineBenchmark.on(Shape.SPARSE),
                    new FullBenchmark(),
                    LatencyBenchmark.half(),
                    LatencyBenchmark.all(),
                    new BurstBenchmark(),
                    new BacklogBenchmark(),
                    new MidnightBenchmark(),
                    new LateBenchmark(),
                    new CorrectionsBenchmark(),
                    new CheckpointBenchmark(),
                    new SinkBenchmark(),
                    new AblationsBenchmark(),
                    new PeersBenchmark(),
                    new ReadBenchmark(),
                    new StreamsBenchmark(),
                    new TickersBenchmark());

    /** Those that the goals of the project are judged by. */
    static final List<Benchmark> GOALS =
            Stream.of(
                            "script",
                            "engine",
                            "full",
                            "latency-half",
                            "burst",
                            "midnight",
                            "late",
                            "corrections",
                            "peers")
                    .map(name -> named(name).orElseThrow())
                    .toList();

    private Benchmarks() {}

    static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
