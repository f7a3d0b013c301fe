package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.server.api.Intervals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of its connection: {@code {"method":"SUBSCRIBE","params":[…],"id":1}}.
 *
 * @param method what to do
 * @param parameters strings and Booleans; anything else is null
 * @param id a Long, a String or null, to be given back
 */
record Command(Method method, List<Object> parameters, Object id) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_ID = 36;
    private static final int LONGEST_NUMBER = 20;

    /** What can be done. */
    enum Method {
        SUBSCRIBE,
        UNSUBSCRIBE,
        LIST_SUBSCRIPTIONS,
        SET_PROPERTY,
        GET_PROPERTY;

        private static final String EXPECTED =
                "expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`";

        private static Optional<Method> of(String name) {
            for (Method method : values()) {
                if (method.name().equals(name)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The streams that it names, each once.
     *
     * @throws CommandError if it names none, or what is none
     */
    List<Topic> topics(Intervals intervals) {
        if (parameters.isEmpty()) {
            throw CommandError.badRequest("missing field `params`", id);
        }
        return parameters.stream()
                .map(
                        name ->
                                Topic.parse(String.valueOf(name), intervals)
                                        .orElseThrow(
                                                () ->
                                                        CommandError.badRequest(
                                                                "invalid stream", id)))
                .distinct()
                .toList();
    }

    /**
     * Reads a message.
     *
     * @throws CommandError if it is not a command
     */
    static Command read(String message) {
        try (JsonParser json = JSON.createParser(message)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw CommandError.invalidJson(json.currentTokenLocation());
            }
            return read(json);
        } catch (JsonProcessingException e) {
            throw CommandError.invalidJson(
                    e.getLocation() == null ? JsonLocation.NA : e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param count how many parameters there may be
     * @throws CommandError if the first one does not name the only property there is
     */
    void checkProperty(int count) {
        if (parameters.isEmpty() || !(parameters.get(0) instanceof String name)) {
            throw CommandError.badRequest("property name must be a string", id);
        }
        if (parameters.size() > count) {
            throw CommandError.badRequest("too many parameters", id);
        }
        if (!name.equals("combined")) {
            throw CommandError.unknownProperty(id);
        }
    }

    /**
     * What the property is to be set to.
     *
     * @throws CommandError if there is no such property or value
     */
    boolean flag() {
        checkProperty(2);
        if (parameters.size() < 2 || !(parameters.get(1) instanceof Boolean value)) {
            throw CommandError.notBoolean(id);
        }
        return value;
    }

    private static Command read(JsonParser json) throws IOException {
        String name = null;
        String unknown = null;
        Object id = null;
        boolean hasId = false;
        List<Object> parameters = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "method" -> {
                    name = json.getText();
                    if (Method.of(name).isEmpty()) {
                        unknown = at(json.currentLocation());
                    }
                }
                case "id" -> {
                    hasId = true;
                    id = id(json, value);
                }
                case "params" -> parameters = parameters(json, value);
                default -> {}
            }
            json.skipChildren();
        }
        String end = at(json.currentLocation());
        if (json.nextToken() != null) {
            throw CommandError.invalidJson(json.currentTokenLocation());
        }
        if (!hasId) {
            throw CommandError.badId();
        }
        if (name == null) {
            throw CommandError.badRequest("missing field `method` " + end, id);
        }
        String variant = shortened(name);
        Object request = id;
        String where = unknown;
        Method method =
                Method.of(name)
                        .orElseThrow(
                                () ->
                                        CommandError.badRequest(
                                                "unknown variant `"
                                                        + variant
                                                        + "`, "
                                                        + Method.EXPECTED
                                                        + " "
                                                        + where,
                                                request));
        return new Command(method, parameters, id);
    }

    private static Object id(JsonParser json, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> {
                if (json.getTextLength() > LONGEST_NUMBER) {
                    throw CommandError.badId();
                }
                BigInteger number = json.getBigIntegerValue();
                if (number.bitLength() >= Long.SIZE) {
                    throw CommandError.badId();
                }
                yield number.longValue();
            }
            case VALUE_STRING -> {
                if (!json.getText().matches("[A-Za-z0-9_-]{0," + LONGEST_ID + "}")) {
                    throw CommandError.badId();
                }
                yield json.getText();
            }
            default -> throw CommandError.badId();
        };
    }

    private static List<Object> parameters(JsonParser json, JsonToken value) throws IOException {
        List<Object> parameters = new ArrayList<>();
        if (value != JsonToken.START_ARRAY) {
            return parameters;
        }
        for (JsonToken token = json.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = json.nextToken()) {
            parameters.add(
                    switch (token) {
                        case VALUE_STRING -> json.getText();
                        case VALUE_TRUE -> Boolean.TRUE;
                        case VALUE_FALSE -> Boolean.FALSE;
                        default -> null;
                    });
            json.skipChildren();
        }
        return parameters;
    }

    private static String at(JsonLocation location) {
        return "at line " + location.getLineNr() + " column " + location.getColumnNr();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ID ? text : text.substring(0, LONGEST_ID) + "…";
    }
}
