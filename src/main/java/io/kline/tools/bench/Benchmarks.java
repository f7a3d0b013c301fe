package io.kline.tools.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All benchmarks, in the order of their report. */
final class Benchmarks {

    /** Every one. */
    static final List<Benchmark> ALL =
            List.of(
                    new Benchmark(
                            "parse-and-fold",
                            "ns for parsing a trade, for folding one into 15 intervals, for a"
                                    + " candle as JSON",
                            new ParseAndFoldBenchmark()::run),
                    new Benchmark(
                            "script",
                            "CPU of Redis per forming candle, roll-over and close, by kline.lua"
                                    + " alone",
                            new ScriptBenchmark()::run),
                    EngineBenchmark.limit(),
                    EngineBenchmark.usual(),
                    EngineBenchmark.on(Shape.ONE_SYMBOL),
                    EngineBenchmark.on(Shape.SPARSE),
                    new Benchmark(
                            "full",
                            "both jobs on Kafka, Redis and MySQL, draining a backlog: the highest"
                                    + " rate",
                            new FullBenchmark()::run),
                    LatencyBenchmark.half(),
                    LatencyBenchmark.all(),
                    new Benchmark(
                            "burst",
                            "120,000 trades/s for 10 s, after 10,000 trades/s: trade to Redis,"
                                    + " nothing lost",
                            new BurstBenchmark()::run),
                    new Benchmark(
                            "backlog",
                            "5 minutes of 10,000 trades/s have waited: until Redis is fresh to 1 s",
                            new BacklogBenchmark()::run),
                    new Benchmark(
                            "midnight",
                            "10,000 symbols × 15 intervals roll over at once: until all are in"
                                    + " both stores",
                            MidnightRun::play),
                    new Benchmark(
                            "late",
                            "late trade to the corrected candle in both stores",
                            LateRun::play),
                    new Benchmark(
                            "corrections",
                            "10,000 trades at once that are days late, until their candles are"
                                    + " corrected",
                            CorrectionsRun::play),
                    new Benchmark(
                            "checkpoint",
                            "size and duration of the live job's checkpoints, 2,000 symbols,"
                                    + " 20,000 trades/s",
                            new CheckpointBenchmark()::run),
                    new Benchmark(
                            "redis-sink",
                            "the Redis sink alone: 150,000 candles of 10,000 symbols by one writer",
                            new SinkBenchmark()::run),
                    new Benchmark(
                            "ablations",
                            "full path with a merge interval of 10 ms, kline.refresh, batches of a"
                                    + " row, no multi-row statements; engine on RocksDB",
                            new AblationsBenchmark()::run),
                    new Benchmark(
                            "peers",
                            "other ways to make candles of a minute: their speed, and how many are"
                                    + " wrong",
                            new PeersBenchmark()::run),
                    new Benchmark(
                            "read",
                            "reading candles over HTTP from the real server on both stores",
                            new ReadBenchmark()::run),
                    new Benchmark(
                            "streams",
                            "from Redis to 1,000 WebSocket clients with 50 of 2,000 symbols each",
                            new StreamsBenchmark()::run),
                    new Benchmark(
                            "tickers",
                            "24 h tickers of 2,000 symbols that change every second: cost, and"
                                    + " equal to a sum",
                            new TickersBenchmark()::run));

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
