package io.kline.server.wsapi;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Json;
import io.kline.server.api.Missing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** The envelope of one answer. */
final class ApiReply {

    private final ApiRequest request;
    private final ApiMethods.Used used;
    private final InstantSource clock;
    private boolean showsLimits;
    private int status;

    ApiReply(ApiRequest request, ApiMethods.Used used, boolean showsLimits, InstantSource clock) {
        this.request = request;
        this.used = used;
        this.showsLimits = showsLimits;
        this.clock = clock;
    }

    void showLimits(boolean shows) {
        showsLimits = shows;
    }

    /** The status of what was written. */
    int status() {
        return status;
    }

    /** An answer. */
    String of(ApiResponse response) {
        status = response.status();
        return Json.text(
                json -> {
                    begin(json);
                    json.writeFieldName("result");
                    json.writeRawValue(new String(response.body(), StandardCharsets.UTF_8));
                    // Beside Binance's fields, and only where an answer is not complete.
                    if (!response.missing().isEmpty()) {
                        Missing.write(json, response.missing());
                    }
                    end(json);
                });
    }

    /** A refusal. */
    String of(ApiError error) {
        status = error.status();
        return Json.text(
                json -> {
                    begin(json);
                    json.writeObjectFieldStart("error");
                    json.writeNumberField("code", error.code());
                    json.writeStringField("msg", error.getMessage());
                    if (error.retryAfter() > 0) {
                        long now = clock.millis();
                        json.writeObjectFieldStart("data");
                        json.writeNumberField("serverTime", now);
                        json.writeNumberField(
                                "retryAfter",
                                now + Duration.ofSeconds(error.retryAfter()).toMillis());
                        json.writeEndObject();
                    }
                    json.writeEndObject();
                    end(json);
                });
    }

    private void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        request.writeId(json);
        json.writeNumberField("status", status);
    }

    private void end(JsonGenerator json) throws IOException {
        if (showsLimits) {
            json.writeArrayFieldStart("rateLimits");
            json.writeStartObject();
            json.writeStringField("rateLimitType", "REQUEST_WEIGHT");
            json.writeStringField("interval", "MINUTE");
            json.writeNumberField("intervalNum", 1);
            json.writeNumberField("limit", used.limit);
            json.writeNumberField("count", used.count);
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
