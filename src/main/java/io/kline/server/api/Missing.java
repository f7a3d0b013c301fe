package io.kline.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.query.Store;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The stores that could not be asked, in an answer. */
public final class Missing {

    private Missing() {}

    /** Writes them as a field, in the same order each time. */
    public static void write(JsonGenerator json, Set<Store> missing) throws IOException {
        List<Store> sorted = missing.stream().sorted().toList();
        Json.array(json, "missing", sorted, store -> json.writeString(store.name()));
    }
}
