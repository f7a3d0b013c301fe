package io.kline.server.own;

import io.kline.query.QuerySettings;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import java.util.List;
import java.util.Set;

/**
 * What a page must know before it can ask: which intervals are kept, and in which zone.
 *
 * @param stored what is kept
 */
public record ConfigApi(QuerySettings stored) {

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("/api/v1/config", 1, Set.of(), this::config));
    }

    private ApiResponse config(Parameters parameters) {
        return ApiResponse.json(
                json -> {
                    json.writeStartObject();
                    Json.array(
                            json,
                            "intervals",
                            stored.intervals(),
                            interval -> json.writeString(interval.code()));
                    json.writeStringField("zoneOffset", stored.offset().getId());
                    json.writeEndObject();
                });
    }
}
