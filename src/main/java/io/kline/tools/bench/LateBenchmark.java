package io.kline.tools.bench;

import java.util.List;

/** How long a late trade takes to the stored candle that it belongs to. */
final class LateBenchmark implements Benchmark {

    private static final String LATE = "late";
    private static final double MOST_MILLIS = 5_000;

    @Override
    public String name() {
        return LATE;
    }

    @Override
    public String about() {
        return "late trade to the corrected candle in both stores";
    }

    @Override
    public void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            new Pairing().with(LATE, () -> new LateRun(servers).readings()).play(1, figures);
        }
        for (String what : List.of(LateRun.IN_REDIS, LateRun.IN_MYSQL)) {
            figures.goal(LATE, what + ", p99", Goal.atMost(MOST_MILLIS));
        }
    }
}
