package io.kline.query;

import java.util.Map;
import java.util.TreeMap;

/** No store that could answer was there. The message names the stores and why, without secrets. */
public final class QueryException extends RuntimeException {

    private final Map<Store, String> problems;

    public QueryException(Map<Store, String> problems) {
        super("no store could answer: " + new TreeMap<>(problems));
        this.problems = Map.copyOf(problems);
    }

    /** Why each store could not answer. */
    public Map<Store, String> problems() {
        return problems;
    }
}
