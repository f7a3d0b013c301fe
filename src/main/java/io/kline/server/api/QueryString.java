package io.kline.server.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of an address behind the question mark. */
public final class QueryString {

    private QueryString() {}

    /**
     * The values by name, in the order sent; one without an equals sign is empty.
     *
     * @param raw as it was sent, or null
     * @throws ApiError if it cannot be decoded
     */
    public static Map<String, List<String>> values(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw == null) {
            return values;
        }
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), any -> new ArrayList<>()).add(decode(value));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.illegalCharacters();
        }
    }
}
