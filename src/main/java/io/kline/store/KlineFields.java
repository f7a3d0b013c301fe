package io.kline.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.math.BigDecimal;

/** The fields of one kline object while it is read. */
final class KlineFields {

    /** All but the revision, which klines of the first version lack. */
    private static final int NUMBER_OF_FIELDS = 18;

    private String symbol;
    private String interval;
    private long openTime;
    private long closeTime;
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private BigDecimal volume;
    private BigDecimal quoteVolume;
    private BigDecimal takerBuyVolume;
    private BigDecimal takerBuyQuoteVolume;
    private long count;
    private long firstTradeId;
    private long lastTime;
    private long lastId;
    private boolean closed;
    private long revision;

    /** A bit for each field that was read. */
    private long found;

    /**
     * Reads the object that the parser is at the start of, up to its end.
     *
     * @throws IllegalArgumentException if it is not a kline
     */
    static KlineFields read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("expected an object");
        }
        KlineFields fields = new KlineFields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name, parser);
        }
        if (Long.bitCount(fields.found) != NUMBER_OF_FIELDS) {
            throw new IllegalArgumentException("expected each field of a kline once");
        }
        return fields;
    }

    private void read(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "t" -> openTime = parser.getLongValue();
            case "T" -> closeTime = parser.getLongValue();
            case "s" -> symbol = parser.getText();
            case "i" -> interval = parser.getText();
            case "f" -> firstTradeId = parser.getLongValue();
            case "L" -> {
                // The same as li, or -1 in a flat candle.
            }
            case "o" -> open = decimal(parser);
            case "c" -> close = decimal(parser);
            case "h" -> high = decimal(parser);
            case "l" -> low = decimal(parser);
            case "v" -> volume = decimal(parser);
            case "n" -> count = parser.getLongValue();
            case "x" -> closed = parser.getBooleanValue();
            case "q" -> quoteVolume = decimal(parser);
            case "V" -> takerBuyVolume = decimal(parser);
            case "Q" -> takerBuyQuoteVolume = decimal(parser);
            case "lt" -> lastTime = parser.getLongValue();
            case "li" -> lastId = parser.getLongValue();
            case "r" -> {
                revision = parser.getLongValue();
                return;
            }
            default -> {
                parser.skipChildren();
                return;
            }
        }
        // Letters leave the bits from 59 on free.
        long bit = 1L << (name.length() == 1 ? name.charAt(0) : name.equals("li") ? 59 : 60);
        if ((found & bit) != 0) {
            throw new IllegalArgumentException("expected each field of a kline once");
        }
        found |= bit;
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        return new BigDecimal(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /**
     * The candle.
     *
     * @param firstTime time of its first trade, ms; {@link TradeRef#UNKNOWN} if that is not known
     */
    Candle candle(long firstTime) {
        return new Candle(
                new CandleKey(symbol, interval, openTime),
                closeTime,
                new Ohlcv(
                        new TradeRef(firstTime, firstTradeId),
                        new TradeRef(lastTime, lastId),
                        open,
                        high,
                        low,
                        close,
                        volume,
                        quoteVolume,
                        takerBuyVolume,
                        takerBuyQuoteVolume,
                        count),
                closed,
                revision);
    }
}
