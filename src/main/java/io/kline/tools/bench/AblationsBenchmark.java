package io.kline.tools.bench;

/**
 * The full path without one of the things that make it fast, in turn with the whole. How much a
 * call of the script per candle costs is seen in {@link ScriptBenchmark}.
 */
final class AblationsBenchmark implements Benchmark {

    private static final String WHOLE = "whole";

    @Override
    public String name() {
        return "ablations";
    }

    @Override
    public String about() {
        return "the full path with a merge interval of 10 ms, with batches of one row";
    }

    @Override
    public void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            figures.progress("filling a topic, " + Shape.WIDE);
            Preloaded input =
                    Preloaded.fill(
                            servers.kafkaAddress(), Shape.WIDE, options.trades(), options.seed());
            String merge = "merge interval 10 ms";
            String rows = "a row at a time";
            new Pairing()
                    .with(WHOLE, () -> new FullRun(servers, input).readings())
                    .with(
                            merge,
                            () ->
                                    new FullRun(servers, input, "--kline.merge-interval=10ms")
                                            .readings())
                    .with(
                            rows,
                            () -> new FullRun(servers, input, "--mysql.batch-size=1").readings())
                    .play(options.runs(), figures);
            figures.ratio(merge, WHOLE, Drain.RATE);
            figures.ratio(merge, WHOLE, Drain.cpuOf("redis"));
            figures.ratio(rows, WHOLE, FullRun.MYSQL_DELAY);
        }
    }
}
