package io.kline.server.own;

import io.kline.query.CandleQuery;
import io.kline.query.Store;
import io.kline.query.StoreHealth;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Whether the server can answer. 200 as long as one store is up, else 503. Why a store is not up is
 * in the log, not in the answer: it would show everybody what the network looks like.
 *
 * @param query whose stores
 * @param live whether live candles come in
 */
public record HealthApi(CandleQuery query, BooleanSupplier live) {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("/health", 1, Set.of(), this::health));
    }

    private ApiResponse health(Parameters none) {
        Map<Store, StoreHealth> stores = new TreeMap<>(query.health());
        boolean one = stores.values().stream().anyMatch(StoreHealth::up);
        boolean all = stores.values().stream().allMatch(StoreHealth::up);
        byte[] body =
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("status", all ? "UP" : one ? "PARTIAL" : "DOWN");
                            json.writeObjectFieldStart("stores");
                            for (Map.Entry<Store, StoreHealth> store : stores.entrySet()) {
                                json.writeObjectFieldStart(store.getKey().name());
                                json.writeBooleanField("up", store.getValue().up());
                                json.writeNumberField(
                                        "latencyMillis", store.getValue().latency().toMillis());
                                json.writeEndObject();
                            }
                            json.writeEndObject();
                            json.writeBooleanField("live", live.getAsBoolean());
                            json.writeEndObject();
                        });
        return new ApiResponse(one ? OK : UNAVAILABLE, ApiResponse.JSON, body, Set.of());
    }
}
