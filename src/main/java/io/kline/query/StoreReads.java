package io.kline.query;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One question to both stores, and which of them could not be asked. Used by one thread. */
final class StoreReads {

    private final Map<Store, String> problems = new EnumMap<>(Store.class);

    /** What a store says; nothing if it is away, which is remembered. */
    <T> Optional<T> ask(Store store, Call<T> call) {
        try {
            return Optional.of(call.ask());
        } catch (StoreAwayException e) {
            missed(store, e.getMessage());
            return Optional.empty();
        }
    }

    /** A store, or a part of it, could not be asked. */
    void missed(Store store, String problem) {
        problems.put(store, problem);
    }

    /** The value that is known. */
    <T> QueryResult<T> answer(T value) {
        return new QueryResult<>(value, problems.keySet());
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
