package io.kline.demo.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Tells the trades that count from the records that do not. */
final class TradeRules {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A value as it is written.
     *
     * @param type token of the value
     */
    private record Value(JsonToken type, String text) {}

    private TradeRules() {}

    /**
     * The trade of a record, or null if the record is not a valid trade or is one of zero price or
     * quantity.
     *
     * @param latest the latest time a trade may have, ms
     */
    static Trade read(byte[] record, long latest) {
        if (record == null || record.length > 4096) {
            return null;
        }
        try {
            Map<String, Value> fields = fields(record);
            boolean aggregate =
                    switch (text(fields, "e")) {
                        case "trade" -> false;
                        case "aggTrade" -> true;
                        default -> throw new IllegalArgumentException("another event");
                    };
            long last = integer(fields, aggregate ? "l" : "t");
            Trade trade =
                    new Trade(
                            text(fields, "s"),
                            last,
                            decimal(fields, "p"),
                            decimal(fields, "q"),
                            integer(fields, "T"),
                            bool(fields, "m"),
                            aggregate ? integer(fields, "f") : last,
                            last);
            if (aggregate) {
                integer(fields, "a");
            }
            return counts(trade, latest) ? trade : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean counts(Trade trade, long latest) {
        return trade.symbol().matches("[A-Z0-9._-]{1,32}")
                && trade.id() >= 0
                && trade.firstId() >= 0
                && trade.lastId() >= trade.firstId()
                && trade.lastId() - trade.firstId() < Integer.MAX_VALUE
                && counts(trade.price())
                && counts(trade.quantity())
                && trade.time() > 0
                && trade.time() <= latest;
    }

    private static boolean counts(BigDecimal value) {
        return value.signum() > 0
                && (long) value.precision() - value.scale() <= 20
                && value.stripTrailingZeros().scale() <= 18;
    }

    private static Map<String, Value> fields(byte[] record) throws IOException {
        Map<String, Value> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(record)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken type = parser.nextToken();
                fields.put(name, new Value(type, parser.getText()));
                parser.skipChildren();
            }
            require(parser.nextToken() == null);
        }
        return fields;
    }

    private static String text(Map<String, Value> fields, String name) {
        return value(fields, name, JsonToken.VALUE_STRING).text;
    }

    private static long integer(Map<String, Value> fields, String name) {
        return Long.parseLong(value(fields, name, JsonToken.VALUE_NUMBER_INT).text);
    }

    private static boolean bool(Map<String, Value> fields, String name) {
        Value value = fields.get(name);
        require(value != null && value.type.isBoolean());
        return value.type == JsonToken.VALUE_TRUE;
    }

    private static BigDecimal decimal(Map<String, Value> fields, String name) {
        Value value = fields.get(name);
        require(value != null && (value.type == JsonToken.VALUE_STRING || value.type.isNumeric()));
        return new BigDecimal(value.text);
    }

    private static Value value(Map<String, Value> fields, String name, JsonToken type) {
        Value value = fields.get(name);
        require(value != null && value.type == type);
        return value;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not a trade");
        }
    }
}
