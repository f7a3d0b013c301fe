package io.kline.tools.bench;

/** How long many late trades take that come at once. */
final class CorrectionsBenchmark implements Benchmark {

    private static final String CORRECTIONS = "corrections";
    private static final double MOST_SECONDS = 60;

    @Override
    public String name() {
        return CORRECTIONS;
    }

    @Override
    public String about() {
        return "10,000 trades at once that are days late, until their candles are corrected";
    }

    @Override
    public void run(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(CORRECTIONS, () -> new CorrectionsRun(servers).readings())
                    .play(1, figures);
        }
        figures.goal(CORRECTIONS, CorrectionsRun.SECONDS, Goal.atMost(MOST_SECONDS));
    }
}
