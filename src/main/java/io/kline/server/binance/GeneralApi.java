package io.kline.server.binance;

import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Parameters;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Whether the server answers, and what time it is there. */
public record GeneralApi(Clock clock) {

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v3/ping",
                        1,
                        Set.of(),
                        none ->
                                ApiResponse.json(
                                        json -> {
                                            json.writeStartObject();
                                            json.writeEndObject();
                                        })),
                new Endpoint("/api/v3/time", 1, Set.of(), this::time));
    }

    private ApiResponse time(Parameters parameters) {
        return ApiResponse.json(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("serverTime", parameters.times().time(clock.millis()));
                    json.writeEndObject();
                });
    }
}
