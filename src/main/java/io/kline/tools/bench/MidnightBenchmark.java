package io.kline.tools.bench;

/** The end of a day for many symbols at once. */
final class MidnightBenchmark implements Benchmark {

    private static final String MIDNIGHT = "midnight";
    private static final int SYMBOLS = 10_000;

    @Override
    public String name() {
        return MIDNIGHT;
    }

    @Override
    public String about() {
        return "10,000 symbols × 15 intervals roll over at once: until all are in both stores";
    }

    @Override
    public void run(BenchOptions options, Figures figures) throws Exception {
        int symbols = options.scaled(SYMBOLS);
        figures.note("%,d symbols × 15 intervals".formatted(symbols));
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(
                            MIDNIGHT,
                            () -> new MidnightRun(servers, symbols, options.seed()).readings())
                    .play(1, figures);
        }
        figures.goal(MIDNIGHT, MidnightRun.IN_REDIS, Goal.atMost(5));
        figures.goal(MIDNIGHT, MidnightRun.IN_MYSQL, Goal.atMost(60));
    }
}
