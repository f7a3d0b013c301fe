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
     * The event of a trade that stands for one execution; the decimals keep their scale.
     *
     * @param eventTime when it is sent, ms
     */
    public static byte[] write(Trade trade, long eventTime) {
        return write(
                trade.symbol(),
                trade.id(),
                trade.price().toPlainString(),
                trade.quantity().toPlainString(),
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
