package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.server.api.Json;
import java.io.IOException;

/** Answers to the commands of a client, as texts. */
final class CommandReply {

    private CommandReply() {}

    static String of(Command command, Json.Body result) {
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("result");
                    result.write(json);
                    writeId(json, command.id());
                    json.writeEndObject();
                });
    }

    /** As the documents have it, and nested as the exchange itself sends it. */
    static String of(CommandError error) {
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("code", error.code());
                    json.writeStringField("msg", error.getMessage());
                    json.writeObjectFieldStart("error");
                    json.writeNumberField("code", error.code());
                    json.writeStringField("msg", error.getMessage());
                    json.writeEndObject();
                    writeId(json, error.id());
                    json.writeEndObject();
                });
    }

    private static void writeId(JsonGenerator json, Object id) throws IOException {
        if (id instanceof Long number) {
            json.writeNumberField("id", number);
        } else {
            json.writeStringField("id", (String) id);
        }
    }
}
