package io.kline.tools.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongUnaryOperator;

/**
 * What a replay needs to know of a line that may be a trade event, or hold one in an envelope.
 *
 * @param event text of {@code e}, or null
 * @param symbol text of {@code s}, or null
 * @param time the number {@code T}, or null
 * @param eventTime the number {@code E}, or null
 * @param stream text of {@code stream}, or null
 * @param data place of {@code data}, or null
 */
record TradeLine(
        String event, String symbol, NumberAt time, NumberAt eventTime, String stream, Place data) {

    /**
     * An integer and its place in the line.
     *
     * @param from index of its first byte
     * @param to index after its last byte
     */
    record NumberAt(long value, int from, int to) {}

    /**
     * A part of the line.
     *
     * @param from index of its first byte
     * @param to index after its last byte
     */
    record Place(int from, int to) {}

    private static final TradeLine NOTHING = new TradeLine(null, null, null, null, null, null);

    /** Without detection: other encodings than UTF-8 are no JSON here. */
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    /** Reads a line; of what is not one JSON object nothing is known. */
    static TradeLine of(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? fields(parser) : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static TradeLine fields(JsonParser parser) throws IOException {
        String event = null;
        String symbol = null;
        NumberAt time = null;
        NumberAt eventTime = null;
        String stream = null;
        Place data = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "e" -> event = text(parser);
                case "s" -> symbol = text(parser);
                case "T" -> time = number(parser);
                case "E" -> eventTime = number(parser);
                case "stream" -> stream = text(parser);
                case "data" -> data = place(parser);
                default -> {}
            }
            parser.skipChildren();
        }
        return parser.nextToken() == null
                ? new TradeLine(event, symbol, time, eventTime, stream, data)
                : NOTHING;
    }

    private static String text(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
    }

    /** The place of an object or an array, which is skipped. */
    private static Place place(JsonParser parser) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return new Place(from, (int) parser.currentTokenLocation().getByteOffset() + 1);
    }

    private static NumberAt number(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return null;
        }
        int from = (int) parser.currentTokenLocation().getByteOffset();
        return new NumberAt(parser.getLongValue(), from, from + parser.getTextLength());
    }

    /** Whether the line is one JSON object. */
    boolean isObject() {
        return this != NOTHING;
    }

    /** Whether it is an envelope of a combined stream. */
    boolean isEnvelope() {
        return stream != null && data != null;
    }

    /** Whether it is an event of a trade or of an aggregate. */
    boolean isTrade() {
        return "trade".equals(event) || "aggTrade".equals(event);
    }

    /** {@code line}, of which this was read, with other times and no other change. */
    byte[] withTimes(byte[] line, LongUnaryOperator times) {
        boolean timeFirst = eventTime == null || time != null && time.from < eventTime.from;
        ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + 8);
        int copied = copy(line, 0, timeFirst ? time : eventTime, times, out);
        copied = copy(line, copied, timeFirst ? eventTime : time, times, out);
        out.write(line, copied, line.length - copied);
        return out.toByteArray();
    }

    private static int copy(
            byte[] line,
            int from,
            NumberAt number,
            LongUnaryOperator times,
            ByteArrayOutputStream out) {
        if (number == null) {
            return from;
        }
        out.write(line, from, number.from - from);
        out.writeBytes(
                Long.toString(times.applyAsLong(number.value)).getBytes(StandardCharsets.US_ASCII));
        return number.to;
    }
}
