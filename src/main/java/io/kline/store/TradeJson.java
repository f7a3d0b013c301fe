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
        boolean isAggregate = trade.count() > 1;
        return text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("e", isAggregate ? "aggTrade" : "trade");
                    json.writeNumberField("E", eventTime);
                    json.writeStringField("s", trade.symbol());
                    json.writeNumberField(isAggregate ? "a" : "t", trade.id());
                    json.writeStringField("p", trade.price().toPlainString());
                    json.writeStringField("q", trade.quantity().toPlainString());
                    if (isAggregate) {
                        json.writeNumberField("f", trade.firstId());
                        json.writeNumberField("l", trade.lastId());
                    }
                    json.writeNumberField("T", trade.time());
                    json.writeBooleanField("m", trade.buyerIsMaker());
                    json.writeBooleanField("M", true);
                    json.writeEndObject();
                });
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
                    json.writeStartObject();
                    json.writeStringField("e", "trade");
                    json.writeNumberField("E", eventTime);
                    json.writeStringField("s", symbol);
                    json.writeNumberField("t", id);
                    json.writeStringField("p", price);
                    json.writeStringField("q", quantity);
                    json.writeNumberField("T", time);
                    json.writeBooleanField("m", buyerIsMaker);
                    json.writeBooleanField("M", true);
                    json.writeEndObject();
                });
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
