package io.kline.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Reason;
import io.kline.model.Symbol;
import io.kline.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads the trade events {@code trade} and {@code aggTrade} of the Binance streams. Unknown fields
 * are skipped. Prices and quantities are strings, or numbers taken by their exact text.
 *
 * <p>Not thread-safe.
 *
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">Binance
 *     streams</a>
 */
final class TradeParser {

    /** Largest record, in bytes. */
    static final int MAX_BYTES = 4096;

    private static final int MAX_INTEGER_DIGITS = 20;
    private static final int MAX_FRACTION_DIGITS = 18;

    private static final int EVENT = 1;
    private static final int SYMBOL = 1 << 1;
    private static final int ID = 1 << 2;
    private static final int PRICE = 1 << 3;
    private static final int QUANTITY = 1 << 4;
    private static final int TIME = 1 << 5;
    private static final int MAKER = 1 << 6;
    private static final int FIRST = 1 << 7;
    private static final int LAST = 1 << 8;
    private static final int AGGREGATE_ID = 1 << 9;
    private static final String[] NAMES = {"e", "s", "t", "p", "q", "T", "m", "f", "l", "a"};

    private static final int OF_TRADE = EVENT | SYMBOL | ID | PRICE | QUANTITY | TIME | MAKER;
    private static final int OF_AGGREGATE =
            EVENT | SYMBOL | AGGREGATE_ID | PRICE | QUANTITY | TIME | MAKER | FIRST | LAST;

    private final JsonFactory json = new JsonFactory();

    private int seen;
    private String event;
    private String symbol;
    private long id;
    private long aggregateId;
    private BigDecimal price;
    private BigDecimal quantity;
    private long time;
    private boolean buyerIsMaker;
    private long firstId;
    private long lastId;

    /**
     * Reads one event.
     *
     * @param earliest the earliest trade time to accept, ms
     * @param latest the latest trade time to accept, ms
     * @return the trade, or null for one of zero price or quantity
     */
    Trade parse(byte[] value, long earliest, long latest) throws BadRecordException {
        if (value == null) {
            throw new BadRecordException(Reason.NOT_JSON, "the record has no value");
        }
        if (value.length > MAX_BYTES) {
            throw new BadRecordException(
                    Reason.TOO_LARGE, value.length + " bytes, more than " + MAX_BYTES);
        }
        readFields(value);
        boolean aggregate = checkFields(earliest, latest);
        if (price.signum() == 0 || quantity.signum() == 0) {
            return null;
        }
        return aggregate
                ? new Trade(symbol, firstId, lastId, price, quantity, time, buyerIsMaker)
                : new Trade(symbol, id, id, price, quantity, time, buyerIsMaker);
    }

    private void readFields(byte[] value) throws BadRecordException {
        seen = 0;
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRecordException(Reason.NOT_JSON, "not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                readField(name, parser);
            }
            if (parser.nextToken() != null) {
                throw new BadRecordException(Reason.NOT_JSON, "more than one JSON object");
            }
        } catch (JsonProcessingException e) {
            throw new BadRecordException(Reason.NOT_JSON, String.valueOf(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BadRecordException(Reason.NOT_JSON, String.valueOf(e.getMessage()));
        }
    }

    private void readField(String name, JsonParser parser) throws IOException, BadRecordException {
        switch (name) {
            case "e" -> event = text(EVENT, parser);
            case "s" -> symbol = text(SYMBOL, parser);
            case "t" -> id = integer(ID, parser);
            case "a" -> aggregateId = integer(AGGREGATE_ID, parser);
            case "p" -> price = decimal(PRICE, parser);
            case "q" -> quantity = decimal(QUANTITY, parser);
            case "T" -> time = integer(TIME, parser);
            case "m" -> buyerIsMaker = bool(MAKER, parser);
            case "f" -> firstId = integer(FIRST, parser);
            case "l" -> lastId = integer(LAST, parser);
            default -> parser.skipChildren();
        }
    }

    /** Checks what was read, and returns whether it is an aggregate. */
    private boolean checkFields(long earliest, long latest) throws BadRecordException {
        require(EVENT);
        boolean aggregate = event.equals("aggTrade");
        if (!aggregate && !event.equals("trade")) {
            throw new BadRecordException(
                    Reason.UNKNOWN_EVENT, "field e is neither trade nor aggTrade");
        }
        require(aggregate ? OF_AGGREGATE : OF_TRADE);
        checkSymbol();
        price = checkDecimal(PRICE, price);
        quantity = checkDecimal(QUANTITY, quantity);
        // A row of nothing has no executions either: f and l are -1.
        if (price.signum() == 0 || quantity.signum() == 0) {
            checkTime(earliest, latest);
            return aggregate;
        }
        if (aggregate) {
            notNegative(AGGREGATE_ID, aggregateId);
            notNegative(FIRST, firstId);
            if (lastId < firstId || lastId - firstId >= Integer.MAX_VALUE) {
                throw new BadRecordException(
                        Reason.BAD_FIELD, "fields f and l are not a range of trade ids");
            }
        } else {
            notNegative(ID, id);
        }
        checkTime(earliest, latest);
        return aggregate;
    }

    private void checkTime(long earliest, long latest) throws BadRecordException {
        if (time <= 0) {
            throw new BadRecordException(Reason.BAD_TIME, "field T is not above 0: " + time);
        }
        if (time < earliest) {
            throw new BadRecordException(
                    Reason.BAD_TIME, "field T is too long ago, is it in seconds? " + time);
        }
        if (time > latest) {
            throw new BadRecordException(
                    Reason.FUTURE_TIME, "field T is " + (time - latest) + " ms past the limit");
        }
    }

    private void require(int fields) throws BadRecordException {
        int missing = fields & ~seen;
        if (missing != 0) {
            throw new BadRecordException(
                    Reason.MISSING_FIELD, "field " + name(missing) + " is missing");
        }
    }

    private void checkSymbol() throws BadRecordException {
        if (!Symbol.isValid(symbol)) {
            throw new BadRecordException(Reason.BAD_SYMBOL, "field s is not a symbol");
        }
    }

    private static void notNegative(int field, long value) throws BadRecordException {
        if (value < 0) {
            throw new BadRecordException(
                    Reason.NEGATIVE_NUMBER, "field " + name(field) + " is below 0");
        }
    }

    /**
     * Checks sign and digits. Zeros at the end do not count as digits and are taken off: that keeps
     * sums and products in the compact form of {@link BigDecimal}.
     */
    private static BigDecimal checkDecimal(int field, BigDecimal value) throws BadRecordException {
        if (value.signum() < 0) {
            throw new BadRecordException(
                    Reason.NEGATIVE_NUMBER, "field " + name(field) + " is below 0");
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            throw new BadRecordException(
                    Reason.TOO_MANY_DIGITS,
                    "field " + name(field) + " has more than 20 integer digits");
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > MAX_FRACTION_DIGITS) {
            throw new BadRecordException(
                    Reason.TOO_MANY_DIGITS,
                    "field " + name(field) + " has more than 18 fraction digits");
        }
        return stripped;
    }

    private String text(int field, JsonParser parser) throws IOException, BadRecordException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad(field, "is not a string");
        }
        seen |= field;
        return parser.getText();
    }

    private long integer(int field, JsonParser parser) throws IOException, BadRecordException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            // Not used by the other event type, where it may mean something else.
            if (field == ID || field == AGGREGATE_ID || field == FIRST || field == LAST) {
                parser.skipChildren();
                seen &= ~field;
                return 0;
            }
            throw bad(field, "is not a whole number");
        }
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.BIG_INTEGER) {
            throw parser.getText().startsWith("-")
                    ? new BadRecordException(
                            Reason.NEGATIVE_NUMBER, "field " + name(field) + " is below 0")
                    : bad(field, "does not fit into 64 bits");
        }
        seen |= field;
        return parser.getLongValue();
    }

    private boolean bool(int field, JsonParser parser) throws BadRecordException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw bad(field, "is neither true nor false");
        }
        seen |= field;
        return token == JsonToken.VALUE_TRUE;
    }

    private BigDecimal decimal(int field, JsonParser parser)
            throws IOException, BadRecordException {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw bad(field, "is not a number");
        }
        seen |= field;
        try {
            return new BigDecimal(
                    parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (NumberFormatException e) {
            throw bad(field, "is not a number");
        }
    }

    private static BadRecordException bad(int field, String what) {
        return new BadRecordException(Reason.BAD_FIELD, "field " + name(field) + " " + what);
    }

    private static String name(int fields) {
        return NAMES[Integer.numberOfTrailingZeros(fields)];
    }
}
