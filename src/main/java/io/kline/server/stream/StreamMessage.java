package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.server.api.Json;
import io.kline.server.api.TimeScale;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One payload, mostly a candle, as it goes to all clients of a stream, written once in each form.
 * Used by one thread.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md#klinecandlestick-streams-for-utc">the
 *     payload</a>
 */
final class StreamMessage {

    private final Function<TimeScale, String> payload;
    private final boolean isFinal;
    private final Map<TimeScale, String> raw = new EnumMap<>(TimeScale.class);
    private TimeScale combinedTimes;
    private String stream;
    private String combined;

    /**
     * @param event what has happened to the candle
     * @param eventTime when it is sent, ms
     */
    StreamMessage(String event, Candle candle, long eventTime) {
        this(
                times -> Json.text(json -> writeEvent(json, event, candle, eventTime, times)),
                candle.closed());
    }

    /**
     * @param payload the payload with times in a unit
     * @param isFinal whether a client has to get it although newer ones follow
     */
    StreamMessage(Function<TimeScale, String> payload, boolean isFinal) {
        this.payload = payload;
        this.isFinal = isFinal;
    }

    /** Whether a client has to get it although newer ones follow. */
    boolean isFinal() {
        return isFinal;
    }

    /** The payload alone. */
    String raw(TimeScale times) {
        return raw.computeIfAbsent(times, payload);
    }

    /** The payload with the name of its stream. */
    String combined(TimeScale times, String name) {
        if (!name.equals(stream) || times != combinedTimes) {
            stream = name;
            combinedTimes = times;
            // Names of streams have no characters that JSON escapes.
            combined = "{\"stream\":\"" + name + "\",\"data\":" + raw(times) + "}";
        }
        return combined;
    }

    private static void writeEvent(
            JsonGenerator json, String event, Candle candle, long eventTime, TimeScale times)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("e", event);
        json.writeNumberField("E", times.time(eventTime));
        json.writeStringField("s", candle.symbol());
        json.writeObjectFieldStart("k");
        json.writeNumberField("t", times.time(candle.openTime()));
        json.writeNumberField("T", times.end(candle.closeTime()));
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
