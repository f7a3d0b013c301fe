package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.server.api.Json;
import io.kline.store.KlineJson;
import java.io.IOException;

/**
 * One payload, mostly a candle, as it goes to all clients of a stream, written once in each form.
 * Used by one thread.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md#klinecandlestick-streams-for-utc">the
 *     payload</a>
 */
final class StreamMessage {

    private final String raw;
    private String stream;
    private String combined;

    /**
     * @param eventTime when it is sent, ms
     */
    StreamMessage(Candle candle, long eventTime) {
        this(Json.text(json -> writeEvent(json, candle, eventTime)));
    }

    /**
     * @param raw the payload
     */
    StreamMessage(String raw) {
        this.raw = raw;
    }

    /** The payload alone. */
    String raw() {
        return raw;
    }

    /** The payload with the name of its stream. */
    String combined(String name) {
        if (!name.equals(stream)) {
            stream = name;
            // Names of streams have no characters that JSON escapes.
            combined = "{\"stream\":\"" + name + "\",\"data\":" + raw + "}";
        }
        return combined;
    }

    private static void writeEvent(JsonGenerator json, Candle candle, long eventTime)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("e", "kline");
        json.writeNumberField("E", eventTime);
        json.writeStringField("s", candle.symbol());
        json.writeObjectFieldStart("k");
        json.writeNumberField("t", candle.openTime());
        json.writeNumberField("T", candle.closeTime());
        json.writeStringField("s", candle.symbol());
        json.writeStringField("i", candle.interval());
        json.writeNumberField("f", candle.firstTradeId());
        json.writeNumberField("L", candle.lastTradeId());
        json.writeStringField("o", KlineJson.plain(candle.open()));
        json.writeStringField("c", KlineJson.plain(candle.close()));
        json.writeStringField("h", KlineJson.plain(candle.high()));
        json.writeStringField("l", KlineJson.plain(candle.low()));
        json.writeStringField("v", KlineJson.plain(candle.volume()));
        json.writeNumberField("n", candle.count());
        json.writeBooleanField("x", candle.closed());
        json.writeStringField("q", KlineJson.plain(candle.quoteVolume()));
        json.writeStringField("V", KlineJson.plain(candle.takerBuyVolume()));
        json.writeStringField("Q", KlineJson.plain(candle.takerBuyQuoteVolume()));
        json.writeStringField("B", "0");
        json.writeEndObject();
        json.writeEndObject();
    }
}
