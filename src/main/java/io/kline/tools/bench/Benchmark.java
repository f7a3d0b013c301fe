package io.kline.tools.bench;

/**
 * Something that is measured.
 *
 * @param name the name on the command line
 * @param about what it measures, in a line
 * @param action measures it
 */
record Benchmark(String name, String about, Action action) {

    /** Measures. */
    interface Action {

        /**
         * @param figures gets what was measured, and what was wrong
         */
        void run(BenchOptions options, Figures figures) throws Exception;
    }
}
