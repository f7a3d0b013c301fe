package io.kline.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON texts. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Writes one value. */
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes one element of an array. */
    public interface Element<T> {
        void write(T value) throws IOException;
    }

    /** Writes values as an array. */
    public static <T> void array(JsonGenerator json, Iterable<T> values, Element<T> element)
            throws IOException {
        json.writeStartArray();
        for (T value : values) {
            element.write(value);
        }
        json.writeEndArray();
    }

    /** The same as a field. */
    public static <T> void array(
            JsonGenerator json, String field, Iterable<T> values, Element<T> element)
            throws IOException {
        json.writeFieldName(field);
        array(json, values, element);
    }

    /** The text in UTF-8. */
    public static byte[] bytes(Body body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                body.write(json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text. */
    public static String text(Body body) {
        StringWriter text = new StringWriter(384);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
