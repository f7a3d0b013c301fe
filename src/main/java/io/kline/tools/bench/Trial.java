package io.kline.tools.bench;

import java.util.List;

/** One run of one variant, from its start to its verdict. */
@FunctionalInterface
interface Trial {

    /**
     * Runs.
     *
     * @throws WrongResultException if the result is wrong
     */
    List<Reading> run() throws Exception;
}
