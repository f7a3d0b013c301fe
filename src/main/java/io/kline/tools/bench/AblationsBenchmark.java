package io.kline.tools.bench;

import java.util.List;

/**
 * The full path without one of the things that make it fast, in turn with the whole; and the engine
 * with its state in RocksDB. How much a call of the script per candle costs is seen in {@link
 * ScriptBenchmark}.
 */
final class AblationsBenchmark {

    private static final String WHOLE = "whole";
    private static final String MERGE = "merge interval 10 ms";
    private static final String TIERS = "kline.refresh";
    private static final String ROWS = "a row at a time";
    private static final String STATEMENTS = "a statement per row";
    private static final String ENGINE = "engine";
    private static final String ROCKSDB = "engine on RocksDB";

    /** As often as somebody looks. */
    static final String REFRESH = "30m,1h,2h,4h,6h,8h,12h=1s;1d,3d,1w,1M=2s";

    void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            figures.progress("filling a topic, " + Shape.WIDE);
            Preloaded input =
                    Preloaded.fill(
                            servers.kafkaAddress(), Shape.WIDE, options.trades(), options.seed());
            String url = servers.mysqlUrl() + "?rewriteBatchedStatements=false";
            new Pairing()
                    .with(WHOLE, () -> full(servers, input))
                    .with(MERGE, () -> full(servers, input, "--kline.merge-interval=10ms"))
                    .with(TIERS, () -> full(servers, input, "--kline.refresh=" + REFRESH))
                    .with(ROWS, () -> full(servers, input, "--mysql.batch-size=1"))
                    .with(STATEMENTS, () -> full(servers, input, "--mysql.url=" + url))
                    .with(ENGINE, () -> EngineBenchmark.engine(servers, input))
                    .with(
                            ROCKSDB,
                            () ->
                                    EngineBenchmark.engine(
                                            servers, input, "--flink=state.backend.type=rocksdb"))
                    .play(options.runs(), figures);
        }
        for (String variant : List.of(MERGE, TIERS)) {
            figures.ratio(variant, WHOLE, Drain.RATE);
            figures.ratio(variant, WHOLE, Drain.cpuOf("redis"));
            figures.ratio(variant, WHOLE, Drain.cpuOf(MarkedProcess.JOB));
        }
        figures.ratio(ROWS, WHOLE, FullRun.MYSQL_DELAY);
        figures.ratio(STATEMENTS, WHOLE, FullRun.MYSQL_DELAY);
        figures.ratio(ROCKSDB, ENGINE, Drain.cpuOf(MarkedProcess.JOB));
    }

    private static List<Reading> full(BenchServers servers, Preloaded input, String... settings)
            throws Exception {
        return new FullRun(servers, input, settings).readings();
    }
}
