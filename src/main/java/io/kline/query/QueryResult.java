package io.kline.query;

import java.util.Set;

/**
 * What the stores know about a question.
 *
 * @param value the answer
 * @param missing stores that were needed but could not be asked, or do not hold yet what lies
 *     between two candles of the answer; the value then is what the others know
 */
public record QueryResult<T>(T value, Set<Store> missing) {

    public QueryResult {
        missing = Set.copyOf(missing);
    }

    /** Whether no store was missing. */
    public boolean isComplete() {
        return missing.isEmpty();
    }
}
