package io.kline.query;

import java.util.HashSet;
import java.util.Set;

/**
 * What the stores know about a question.
 *
 * @param value the answer
 * @param away stores that were needed but could not be asked; the value then is what the others
 *     know
 * @param lacking stores that do not hold what lies between two candles of the answer: not yet, or
 *     because the symbol rested
 */
public record QueryResult<T>(T value, Set<Store> away, Set<Store> lacking) {

    public QueryResult {
        away = Set.copyOf(away);
        lacking = Set.copyOf(lacking);
    }

    /** An answer without a hole. */
    public QueryResult(T value, Set<Store> away) {
        this(value, away, Set.of());
    }

    /** Stores that were needed, and could not be asked or lack something. */
    public Set<Store> missing() {
        Set<Store> missing = new HashSet<>(away);
        missing.addAll(lacking);
        return Set.copyOf(missing);
    }

    /** Whether no store was missing. */
    public boolean isComplete() {
        return away.isEmpty() && lacking.isEmpty();
    }
}
