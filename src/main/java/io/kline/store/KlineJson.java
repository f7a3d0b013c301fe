package io.kline.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The JSON text of candles and of the events that carry them. The kline object has the fields of
 * Binance's kline payload plus {@code lt}, {@code li} and {@code r} of the version, always in the
 * same order and without white space: the Redis script reads the version from the text.
 *
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">Binance
 *     streams</a>
 */
public final class KlineJson {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String KLINE = "kline";
    private static final String LATE_TRADE = "lateTrade";

    private KlineJson() {}

    /** The kline object: Redis value, history member, channel message. */
    public static String write(Candle candle) {
        return text(json -> write(json, candle));
    }

    /**
     * The event {@code {"e":"kline",…}} of the topic; {@code ft} is the time of the candle's first
     * trade.
     *
     * @param eventTime when it is sent, ms
     */
    public static String writeEvent(Candle candle, long eventTime) {
        return text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", KLINE);
                    json.writeNumberField("E", eventTime);
                    json.writeStringField("s", candle.symbol());
                    json.writeFieldName("k");
                    write(json, candle);
                    json.writeNumberField("ft", candle.firstTime());
                    json.writeEndObject();
                });
    }

    /**
     * The event {@code {"e":"lateTrade",…}} of the topic: interval {@code i}, open time {@code o},
     * the trade in the fields of the trade event, and what else the corrector needs: {@code c},
     * {@code u}, {@code k}, {@code n} and {@code a} are {@code carried}, {@code carriedUntil},
     * {@code opens}, {@code liveCount} and {@code takenOver}.
     *
     * @param eventTime when it is sent, ms
     */
    public static String writeEvent(LateTrade late, long eventTime) {
        Trade trade = late.trade();
        return text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", LATE_TRADE);
                    json.writeNumberField("E", eventTime);
                    json.writeStringField("s", trade.symbol());
                    json.writeStringField("i", late.interval());
                    json.writeNumberField("o", late.openTime());
                    json.writeNumberField("t", trade.id());
                    json.writeStringField("p", plain(trade.price()));
                    json.writeStringField("q", plain(trade.quantity()));
                    json.writeNumberField("T", trade.time());
                    json.writeBooleanField("m", trade.buyerIsMaker());
                    json.writeNumberField("f", trade.firstId());
                    json.writeNumberField("l", trade.lastId());
                    json.writeBooleanField("c", late.carried());
                    json.writeNumberField("u", late.carriedUntil());
                    json.writeBooleanField("k", late.opens());
                    json.writeNumberField("n", late.liveCount());
                    json.writeBooleanField("a", late.takenOver());
                    json.writeEndObject();
                });
    }

    /**
     * Reads a kline object.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static Candle read(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            KlineFields fields = KlineFields.read(parser);
            expectEnd(parser);
            return fields.candle(TradeRef.UNKNOWN);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a kline: " + json, e);
        }
    }

    /**
     * Reads an event of the topic: {@link KlineEvent.Closed} or {@link KlineEvent.Late}. That a
     * candle is a corrected one is not in the text.
     *
     * @throws IllegalArgumentException if it is neither of the two events
     */
    public static KlineEvent readEvent(byte[] json) {
        if (json == null) {
            throw new IllegalArgumentException("not an event of the klines topic: no value");
        }
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
            Map<String, String> fields = new HashMap<>();
            KlineFields kline = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("k")) {
                    kline = KlineFields.read(parser);
                } else {
                    fields.put(name, parser.getText());
                    parser.skipChildren();
                }
            }
            expectEnd(parser);
            String type = text(fields, "e");
            if (type.equals(LATE_TRADE)) {
                return new KlineEvent.Late(lateTrade(fields));
            }
            expect(type.equals(KLINE) && kline != null, "a kline or lateTrade event");
            return new KlineEvent.Closed(kline.candle(number(fields, "ft", TradeRef.UNKNOWN)));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "not an event of the klines topic: " + new String(json, StandardCharsets.UTF_8),
                    e);
        }
    }

    /** Plain text of a decimal: no exponent, no trailing zeros. */
    public static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Writes the kline object into a larger text. */
    public static void write(JsonGenerator json, Candle candle) throws IOException {
        json.writeStartObject();
        writeFields(json, candle);
        json.writeEndObject();
    }

    /** Writes the fields of the kline object, for one that has others behind them. */
    public static void writeFields(JsonGenerator json, Candle candle) throws IOException {
        json.writeNumberField("t", candle.openTime());
        json.writeNumberField("T", candle.closeTime());
        json.writeStringField("s", candle.symbol());
        json.writeStringField("i", candle.interval());
        json.writeNumberField("f", candle.firstTradeId());
        json.writeNumberField("L", candle.lastTradeId());
        json.writeStringField("o", plain(candle.open()));
        json.writeStringField("c", plain(candle.close()));
        json.writeStringField("h", plain(candle.high()));
        json.writeStringField("l", plain(candle.low()));
        json.writeStringField("v", plain(candle.volume()));
        json.writeNumberField("n", candle.count());
        json.writeBooleanField("x", candle.closed());
        json.writeStringField("q", plain(candle.quoteVolume()));
        json.writeStringField("V", plain(candle.takerBuyVolume()));
        json.writeStringField("Q", plain(candle.takerBuyQuoteVolume()));
        json.writeNumberField("lt", candle.lastTime());
        json.writeNumberField("li", candle.lastId());
        json.writeNumberField("r", candle.revision());
    }

    private static LateTrade lateTrade(Map<String, String> fields) {
        Trade trade =
                new Trade(
                        text(fields, "s"),
                        number(fields, "f"),
                        number(fields, "l"),
                        decimal(fields, "p"),
                        decimal(fields, "q"),
                        number(fields, "T"),
                        Boolean.parseBoolean(text(fields, "m")));
        return new LateTrade(
                text(fields, "i"),
                number(fields, "o"),
                trade,
                Boolean.parseBoolean(fields.get("c")),
                number(fields, "u", Long.MAX_VALUE),
                Boolean.parseBoolean(fields.getOrDefault("k", "true")),
                number(fields, "n", LateTrade.UNKNOWN),
                Boolean.parseBoolean(fields.get("a")));
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        expect(value != null, "a field '" + name + "'");
        return value;
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(text(fields, name));
    }

    private static long number(Map<String, String> fields, String name, long absent) {
        return fields.containsKey(name) ? number(fields, name) : absent;
    }

    private static BigDecimal decimal(Map<String, String> fields, String name) {
        return new BigDecimal(text(fields, name));
    }

    /** Two objects in one text are none: which of them is meant? */
    private static void expectEnd(JsonParser parser) throws IOException {
        expect(parser.nextToken() == null, "nothing behind the object");
    }

    private static void expect(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + what);
        }
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String text(Body body) {
        StringWriter text = new StringWriter(384);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
