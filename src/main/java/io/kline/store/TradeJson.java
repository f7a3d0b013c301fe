package io.kline.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Trade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The JSON of a trade on the {@code trades} topic: the trade event of the Binance streams, UTF-8.
 *
 * @see <a
 *     href="https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams">Binance
 *     streams</a>
 */
public final class TradeJson {

    private static final JsonFactory JSON = new JsonFactory();

    private TradeJson() {}

    /**
     * The event of a trade: {@code aggTrade} if it stands for several executions. The decimals keep
     * their scale.
     *
     * @param eventTime when it is sent, ms
     */
    public static byte[] write(Trade trade, long eventTime) {
        String price = trade.price().toPlainString();
        String quantity = trade.quantity().toPlainString();
        return trade.count() == 1
                ? write(
                        trade.symbol(),
                        trade.id(),
                        price,
                        quantity,
                        trade.time(),
                        trade.buyerIsMaker(),
                        eventTime)
                : writeAggregate(
                        trade.symbol(),
                        trade.id(),
                        price,
                        quantity,
                        trade.firstId(),
                        trade.lastId(),
                        trade.time(),
                        trade.buyerIsMaker(),
                        eventTime);
    }

    /**
     * The event of a trade whose price and quantity go out as the given text.
     *
     * @param time when it happened, ms
     * @param eventTime when it is sent, ms
     */
    public static byte[] write(
            String symbol,
            long id,
            String price,
            String quantity,
            long time,
            boolean buyerIsMaker,
            long eventTime) {
        return text(
                json -> {
                    begin("trade", "t", symbol, id, price, quantity, eventTime, json);
                    end(time, buyerIsMaker, json);
                });
    }

    /**
     * The event of an aggregate whose price and quantity go out as the given text.
     *
     * @param id of the aggregate
     * @param firstId id of the first execution it stands for
     * @param lastId id of the last one
     * @param time when it happened, ms
     * @param eventTime when it is sent, ms
     */
    public static byte[] writeAggregate(
            String symbol,
            long id,
            String price,
            String quantity,
            long firstId,
            long lastId,
            long time,
            boolean buyerIsMaker,
            long eventTime) {
        return text(
                json -> {
                    begin("aggTrade", "a", symbol, id, price, quantity, eventTime, json);
                    json.writeNumberField("f", firstId);
                    json.writeNumberField("l", lastId);
                    end(time, buyerIsMaker, json);
                });
    }

    private static void begin(
            String event,
            String idName,
            String symbol,
            long id,
            String price,
            String quantity,
            long eventTime,
            JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("e", event);
        json.writeNumberField("E", eventTime);
        json.writeStringField("s", symbol);
        json.writeNumberField(idName, id);
        json.writeStringField("p", price);
        json.writeStringField("q", quantity);
    }

    private static void end(long time, boolean buyerIsMaker, JsonGenerator json)
            throws IOException {
        json.writeNumberField("T", time);
        json.writeBooleanField("m", buyerIsMaker);
        json.writeBooleanField("M", true);
        json.writeEndObject();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] text(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
