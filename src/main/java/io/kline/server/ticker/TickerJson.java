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
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", "24hrMiniTicker");
                    json.writeNumberField("E", times.time(stats.closeTime()));
                    json.writeStringField("s", stats.symbol());
                    decimal(json, "c", stats.last());
                    decimal(json, "o", stats.open());
                    decimal(json, "h", stats.high());
                    decimal(json, "l", stats.low());
                    decimal(json, "v", stats.volume());
                    decimal(json, "q", stats.quoteVolume());
                    json.writeEndObject();
                });
    }

    /** The payload of {@code @ticker}. */
    public static String full(TickerStats stats, TimeScale times) {
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", "24hrTicker");
                    json.writeNumberField("E", times.time(stats.closeTime()));
                    json.writeStringField("s", stats.symbol());
                    decimal(json, "p", stats.change());
                    json.writeStringField("P", stats.changePercent().toPlainString());
                    decimal(json, "w", stats.averagePrice());
                    decimal(json, "c", stats.last());
                    decimal(json, "o", stats.open());
                    decimal(json, "h", stats.high());
                    decimal(json, "l", stats.low());
                    decimal(json, "v", stats.volume());
                    decimal(json, "q", stats.quoteVolume());
                    json.writeNumberField("O", times.time(stats.openTime()));
                    json.writeNumberField("C", times.end(stats.closeTime()));
                    json.writeNumberField("F", stats.firstId());
                    json.writeNumberField("L", stats.lastId());
                    json.writeNumberField("n", stats.count());
                    json.writeEndObject();
                });
    }

    /** The payload of {@code @avgPrice}. */
    public static String average(
            String symbol, AveragePrice average, long eventTime, TimeScale times) {
        return Json.text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", "avgPrice");
                    json.writeNumberField("E", times.time(eventTime));
                    json.writeStringField("s", symbol);
                    json.writeStringField("i", AveragePrice.MINUTES + "m");
                    decimal(json, "w", average.price());
                    json.writeNumberField("T", times.time(average.lastTradeTime()));
                    json.writeEndObject();
                });
    }

    private static void decimal(JsonGenerator json, String name, BigDecimal value)
            throws IOException {
        json.writeStringField(name, KlineJson.plain(value));
    }
}
