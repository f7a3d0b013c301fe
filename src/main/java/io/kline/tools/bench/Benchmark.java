package io.kline.tools.bench;

import java.util.List;

/** Something that is measured. */
interface Benchmark {

    /**
     * Measures.
     *
     * @throws AssertionError if an answer is wrong: its figures are worth nothing
     */
    List<Measurement> run() throws Exception;
}
