package io.kline.query;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One question to both stores, and which of them could not be asked. Used by one thread. */
final class StoreReads {

    private final Map<Store, String> problems = new EnumMap<>(Store.class);
    private final Set<Store> lacking = EnumSet.noneOf(Store.class);

    /** What a store says; nothing if it is away, which is remembered. */
    <T> Optional<T> ask(Store store, Call<T> call) {
        try {
            return Optional.of(call.ask());
        } catch (StoreAwayException e) {
            problems.put(store, e.getMessage());
            return Optional.empty();
        }
    }

    /** A part of a store could not be asked. */
    void missed(Store store, String problem) {
        problems.put(store, problem);
    }

    /** A store does not hold what lies between two candles. */
    void lacks(Store store) {
        lacking.add(store);
    }

    /** The value that is known. */
    <T> QueryResult<T> answer(T value) {
        return new QueryResult<>(value, problems.keySet(), lacking);
    }

    /** That nothing is known. */
    QueryException failure() {
        return new QueryException(problems);
    }

    /** Something that asks a store. */
    interface Call<T> {
        T ask() throws StoreAwayException;
    }
}
