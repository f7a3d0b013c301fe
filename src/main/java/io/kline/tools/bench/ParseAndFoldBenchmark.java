package io.kline.tools.bench;

import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link ParseAndFold}, by JMH in processes of its own. */
final class ParseAndFoldBenchmark {

    void run(BenchOptions options, Figures figures) throws Exception {
        for (int run = 1; run <= options.runs(); run++) {
            figures.progress("run " + run + " of " + options.runs());
            for (RunResult result :
                    new Runner(
                                    new OptionsBuilder()
                                            .include(
                                                    "\\b"
                                                            + ParseAndFold.class.getSimpleName()
                                                            + "\\b")
                                            .forks(1)
                                            .jvmArgs(Flags.JVM.toArray(String[]::new))
                                            .verbosity(VerboseMode.SILENT)
                                            .build())
                            .run()) {
                double nanos = result.getPrimaryResult().getScore();
                figures.add(
                        run, "core", List.of(reading(result.getPrimaryResult().getLabel(), nanos)));
            }
        }
    }

    private static Reading reading(String benchmark, double nanos) {
        return switch (benchmark) {
            case "parse" -> new Reading("parse a record", "ns", nanos);
            case "fold" ->
                    new Reading("fold a trade, 15 intervals", "ns", nanos / ParseAndFold.MERGED);
            default -> new Reading("write a candle as JSON", "ns", nanos);
        };
    }
}
