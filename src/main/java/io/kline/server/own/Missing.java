package io.kline.server.own;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.query.Store;
import java.io.IOException;
import java.util.Set;

/** The stores that could not be asked, in an answer. */
final class Missing {

    private Missing() {}

    static void write(JsonGenerator json, Set<Store> missing) throws IOException {
        json.writeArrayFieldStart("missing");
        for (Store store : missing.stream().sorted().toList()) {
            json.writeString(store.name());
        }
        json.writeEndArray();
    }
}
