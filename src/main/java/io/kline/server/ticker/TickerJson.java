package io.kline.server.ticker;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.server.api.Json;
import io.kline.server.api.TimeScale;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Figures of a window as Binance writes them. What only an order book or single trades know is left
 * out: bid and ask, the quantity of the last trade, the price before the window.
 */
public final class TickerJson {

    /**
     * How the REST interface writes them.
     *
     * @param isMini whether without change and average
     * @param times the unit of times
     */
    record Form(boolean isMini, TimeScale times) {}

    private TickerJson() {}

    /** An object of the REST interface, with all fields or some. */
    static void write(JsonGenerator json, TickerStats stats, Form form) throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", stats.symbol());
        if (!form.isMini) {
            decimal(json, "priceChange", stats.change());
            json.writeStringField("priceChangePercent", stats.changePercent().toPlainString());
            decimal(json, "weightedAvgPrice", stats.averagePrice());
        }
        decimal(json, "openPrice", stats.open());
        decimal(json, "highPrice", stats.high());
        decimal(json, "lowPrice", stats.low());
        decimal(json, "lastPrice", stats.last());
        decimal(json, "volume", stats.volume());
        decimal(json, "quoteVolume", stats.quoteVolume());
        json.writeNumberField("openTime", form.times.time(stats.openTime()));
        json.writeNumberField("closeTime", form.times.end(stats.closeTime()));
        json.writeNumberField("firstId", stats.firstId());
        json.writeNumberField("lastId", stats.lastId());
        json.writeNumberField("count", stats.count());
        json.writeEndObject();
    }

    /** The payload of {@code @miniTicker}. */
    public static String mini(TickerStats stats, TimeScale times) {
        return payload(
                "24hrMiniTicker",
                stats.symbol(),
                times.time(stats.closeTime()),
                json -> window(json, stats));
    }

    /** The payload of {@code @ticker}. */
    public static String full(TickerStats stats, TimeScale times) {
        return payload(
                "24hrTicker",
                stats.symbol(),
                times.time(stats.closeTime()),
                json -> {
                    decimal(json, "p", stats.change());
                    json.writeStringField("P", stats.changePercent().toPlainString());
                    decimal(json, "w", stats.averagePrice());
                    window(json, stats);
                    json.writeNumberField("O", times.time(stats.openTime()));
                    json.writeNumberField("C", times.end(stats.closeTime()));
                    json.writeNumberField("F", stats.firstId());
                    json.writeNumberField("L", stats.lastId());
                    json.writeNumberField("n", stats.count());
                });
    }

    /** The payload of {@code @avgPrice}. */
    public static String average(
            String symbol, AveragePrice average, long eventTime, TimeScale times) {
        return payload(
                "avgPrice",
                symbol,
                times.time(eventTime),
                json -> {
                    json.writeStringField("i", AveragePrice.MINUTES + "m");
                    decimal(json, "w", average.price());
                    json.writeNumberField("T", times.time(average.lastTradeTime()));
                });
    }

    /**
     * The payload of a stream.
     *
     * @param eventTime in the unit that the client wants
     */
    private static String payload(String type, String symbol, long eventTime, Json.Body more) {
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", type);
                    json.writeNumberField("E", eventTime);
                    json.writeStringField("s", symbol);
                    more.write(json);
                    json.writeEndObject();
                });
    }

    /** What {@code @miniTicker} and {@code @ticker} have of a window. */
    private static void window(JsonGenerator json, TickerStats stats) throws IOException {
        decimal(json, "c", stats.last());
        decimal(json, "o", stats.open());
        decimal(json, "h", stats.high());
        decimal(json, "l", stats.low());
        decimal(json, "v", stats.volume());
        decimal(json, "q", stats.quoteVolume());
    }

    private static void decimal(JsonGenerator json, String name, BigDecimal value)
            throws IOException {
        json.writeStringField(name, KlineJson.plain(value));
    }
}
