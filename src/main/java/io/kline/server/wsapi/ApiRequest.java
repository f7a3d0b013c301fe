package io.kline.server.wsapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kline.server.api.ApiError;
import io.kline.server.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client asks: {@code {"id":1,"method":"klines","params":{…}}}. Filled while it is read, so
 * that an answer to half a request has its id.
 */
final class ApiRequest {

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(4).build())
                    .build();
    private static final int LONGEST_ID = 36;
    private static final int LONGEST_NUMBER = 20;

    private Object id;
    private String method = "";
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    /** A number as it was sent. */
    record Number(String digits) {}

    /** The name of the method, without a version. */
    String method() {
        return method;
    }

    /** The values by name, as texts; an array is its JSON. */
    Map<String, List<String>> parameters() {
        return parameters;
    }

    /**
     * Reads a message.
     *
     * @throws ApiError if it is not a request
     */
    void read(String message) {
        try (JsonParser json = JSON.createParser(message)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw invalid();
            }
            boolean hasId = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "id" -> {
                        id = id(json, value);
                        hasId = true;
                    }
                    case "method" -> method = method(json, value);
                    case "params" -> readParameters(json, value);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw invalid();
            }
            if (!hasId) {
                throw ApiError.mandatory("id");
            }
            if (method.isEmpty()) {
                throw ApiError.mandatory("method");
            }
        } catch (JsonProcessingException e) {
            throw invalid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object id(JsonParser json, JsonToken value) throws IOException {
        String text = json.getText();
        return switch (value) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> {
                if (text.length() > LONGEST_NUMBER) {
                    throw ApiError.overflow("id");
                }
                yield new Number(text);
            }
            case VALUE_STRING -> {
                String legal = "^[a-zA-Z0-9-_]{1,36}$";
                if (text.length() > LONGEST_ID || !text.matches(legal)) {
                    throw ApiError.illegalCharacters("id", legal);
                }
                yield text;
            }
            default -> throw invalid();
        };
    }

    private static String method(JsonParser json, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            throw invalid();
        }
        return json.getText().replaceFirst("^v3/", "");
    }

    private void readParameters(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            throw invalid();
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            parameters
                    .computeIfAbsent(name, any -> new ArrayList<>())
                    .add(value(json, json.nextToken(), name));
        }
    }

    private static String value(JsonParser json, JsonToken value, String name) throws IOException {
        return switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                    json.getText();
            case VALUE_NULL -> "";
            case START_ARRAY -> array(json, name);
            default -> throw ApiError.badJson(name);
        };
    }

    private static String array(JsonParser json, String name) throws IOException {
        List<String> elements = new ArrayList<>();
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw ApiError.badJson(name);
            }
            elements.add(json.getText());
        }
        return Json.text(text -> Json.array(text, elements, text::writeString));
    }

    void writeId(JsonGenerator json) throws IOException {
        json.writeFieldName("id");
        if (id instanceof Number number) {
            json.writeRawValue(number.digits);
        } else {
            json.writeString((String) id);
        }
    }

    private static ApiError invalid() {
        return ApiError.badJson();
    }
}
