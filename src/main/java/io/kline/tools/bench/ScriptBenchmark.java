package io.kline.tools.bench;

import io.kline.tools.stack.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The CPU time of Redis for a candle, by {@code kline.lua} alone: one pipelining client, no Flink.
 * Several scripts take turns on one server, so that two versions can be compared.
 */
final class ScriptBenchmark {

    private static final int SYMBOLS = 10_000;

    /** The most that Redis should work on a forming candle, µs. */
    static final double MOST_FORMING = 5;

    private static final double MOST_ROLL_OVER = 8;

    void run(BenchOptions options, Figures figures) throws Exception {
        List<Path> files = options.scripts();
        int symbols = options.scaled(SYMBOLS);
        figures.note(
                "%,d symbols × 15 intervals; full histories: 20 symbols × 15 × %,d"
                        .formatted(symbols, ScriptRun.FULL));
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            redis.start();
            Pairing pairing = new Pairing();
            if (files.isEmpty()) {
                pairing.with("kline.lua", trial(redis, null, symbols));
            }
            for (int i = 0; i < files.size(); i++) {
                String variant = (char) ('A' + i) + " " + files.get(i).getFileName();
                pairing.with(variant, trial(redis, Files.readString(files.get(i)), symbols));
                figures.note((char) ('A' + i) + " is " + files.get(i));
            }
            pairing.play(options.runs(), figures);
        }
        List<String> variants = figures.all().stream().map(Figure::variant).distinct().toList();
        for (String variant : variants) {
            figures.goal(variant, ScriptRun.FORMING, Goal.atMost(MOST_FORMING));
            figures.goal(variant, ScriptRun.ROLL_OVER, Goal.atMost(MOST_ROLL_OVER));
            figures.goal(variant, ScriptRun.FULL_ROLL_OVER, Goal.atMost(MOST_ROLL_OVER));
        }
        if (variants.size() == 2) {
            for (String what : ScriptRun.ALL) {
                figures.ratio(variants.get(1), variants.get(0), what);
            }
        }
    }

    private static Trial trial(EmbeddedRedis redis, String script, int symbols) {
        return () -> {
            try (ScriptClient client = ScriptClient.of(redis, script)) {
                return new ScriptRun(client, symbols).readings();
            }
        };
    }
}
