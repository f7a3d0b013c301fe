package io.kline.tools.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which records are trades that count, and why the others are not. */
final class TradeRules {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * A value as it is written.
     *
     * @param type token of the value
     */
    private record Value(JsonToken type, String text) {}

    /** A record that is not a valid trade. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final SetAside reason;

        private Refused(SetAside reason) {
            super(reason.code, null, false, false);
            this.reason = reason;
        }
    }

    private TradeRules() {}

    /**
     * The trade of a record, or why it does not count.
     *
     * @param record or null
     * @param earliest the earliest time a trade may have, ms
     * @param latest the latest one, ms
     */
    static ClassifiedRecord read(byte[] record, long earliest, long latest) {
        Map<String, Value> fields = new HashMap<>();
        try {
            readFields(record, fields);
            return trade(fields, earliest, latest);
        } catch (Refused e) {
            Value symbol = fields.get("s");
            boolean isSymbol =
                    symbol != null
                            && symbol.type == JsonToken.VALUE_STRING
                            && isSymbol(symbol.text);
            return ClassifiedRecord.setAside(e.reason, isSymbol ? symbol.text : "");
        }
    }

    private static void readFields(byte[] record, Map<String, Value> fields) throws Refused {
        require(record != null, SetAside.NOT_JSON);
        require(record.length <= 4096, SetAside.TOO_LARGE);
        try (JsonParser parser = JSON.createParser(record)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, SetAside.NOT_JSON);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken type = parser.nextToken();
                fields.put(name, new Value(type, parser.getText()));
                parser.skipChildren();
            }
            require(parser.nextToken() == null, SetAside.NOT_JSON);
        } catch (IOException e) {
            throw new Refused(SetAside.NOT_JSON);
        }
    }

    private static ClassifiedRecord trade(Map<String, Value> fields, long earliest, long latest)
            throws Refused {
        String event = text(fields, "e");
        boolean aggregate = event.equals("aggTrade");
        require(aggregate || event.equals("trade"), SetAside.UNKNOWN_EVENT);
        String symbol = text(fields, "s");
        long id = integer(fields, aggregate ? "a" : "t");
        BigDecimal price = decimal(fields, "p");
        BigDecimal quantity = decimal(fields, "q");
        long time = integer(fields, "T");
        boolean buyerIsMaker = bool(fields, "m");
        long first = aggregate ? integer(fields, "f") : id;
        long last = aggregate ? integer(fields, "l") : id;
        require(isSymbol(symbol), SetAside.BAD_SYMBOL);
        check(price);
        check(quantity);
        require(time > 0 && time >= earliest, SetAside.BAD_TIME);
        require(time <= latest, SetAside.FUTURE_TIME);
        // A row of nothing has no executions: its ids may be -1.
        require(price.signum() > 0 && quantity.signum() > 0, SetAside.ZERO);
        require(id >= 0 && first >= 0, SetAside.NEGATIVE_NUMBER);
        require(last >= first && last - first < Integer.MAX_VALUE, SetAside.BAD_FIELD);
        return ClassifiedRecord.of(
                new Trade(symbol, first, last, price, quantity, time, buyerIsMaker));
    }

    /** 1 to 32 letters and digits of any script, cased ones in upper case, and {@code . _ -}. */
    private static boolean isSymbol(String text) {
        long size = text.codePoints().count();
        return size >= 1
                && size <= 32
                && text.codePoints()
                        .allMatch(one -> Character.isLetterOrDigit(one) || "._-".indexOf(one) >= 0)
                && text.equals(text.toUpperCase(Locale.ROOT))
                // One symbol must not be written in two ways.
                && Normalizer.isNormalized(text, Normalizer.Form.NFC);
    }

    private static void check(BigDecimal value) throws Refused {
        require(value.signum() >= 0, SetAside.NEGATIVE_NUMBER);
        boolean fits =
                value.signum() == 0
                        || (long) value.precision() - value.scale() <= 20
                                && value.stripTrailingZeros().scale() <= 18;
        require(fits, SetAside.TOO_MANY_DIGITS);
    }

    private static String text(Map<String, Value> fields, String name) throws Refused {
        return value(fields, name, JsonToken.VALUE_STRING).text;
    }

    private static long integer(Map<String, Value> fields, String name) throws Refused {
        String text = value(fields, name, JsonToken.VALUE_NUMBER_INT).text;
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refused(text.startsWith("-") ? SetAside.NEGATIVE_NUMBER : SetAside.BAD_FIELD);
        }
    }

    private static boolean bool(Map<String, Value> fields, String name) throws Refused {
        Value value = present(fields, name);
        require(value.type.isBoolean(), SetAside.BAD_FIELD);
        return value.type == JsonToken.VALUE_TRUE;
    }

    private static BigDecimal decimal(Map<String, Value> fields, String name) throws Refused {
        Value value = present(fields, name);
        require(value.type == JsonToken.VALUE_STRING || value.type.isNumeric(), SetAside.BAD_FIELD);
        try {
            return new BigDecimal(value.text);
        } catch (NumberFormatException e) {
            throw new Refused(SetAside.BAD_FIELD);
        }
    }

    private static Value value(Map<String, Value> fields, String name, JsonToken type)
            throws Refused {
        Value value = present(fields, name);
        require(value.type == type, SetAside.BAD_FIELD);
        return value;
    }

    private static Value present(Map<String, Value> fields, String name) throws Refused {
        Value value = fields.get(name);
        require(value != null, SetAside.MISSING_FIELD);
        return value;
    }

    private static void require(boolean condition, SetAside otherwise) throws Refused {
        if (!condition) {
            throw new Refused(otherwise);
        }
    }
}
