package io.kline.tools.bench;

/** Something that is measured. */
interface Benchmark {

    /** The name on the command line. */
    String name();

    /** What it measures, in a line. */
    String about();

    /**
     * Measures.
     *
     * @param figures gets what was measured, and what was wrong
     */
    void run(BenchOptions options, Figures figures) throws Exception;
}
