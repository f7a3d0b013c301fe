package io.kline.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fields of one kline object while it is read. */
final class KlineFields {

    /** What every kline has. */
    private static final List<String> REQUIRED =
            List.of(
                    "t", "T", "s", "i", "f", "L", "o", "c", "h", "l", "v", "n", "x", "q", "V", "Q",
                    "lt", "li");

    /** What klines of earlier versions lack. */
    private static final List<String> OPTIONAL = List.of("r");

    /** A bit for each of them, those of what is required first. */
    private static final Map<String, Long> BITS = bits();

    private static final long ALL_REQUIRED = (1L << REQUIRED.size()) - 1;

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

    /** Bits of the fields that were read. */
    private long found;

    private static Map<String, Long> bits() {
        List<String> names = Stream.concat(REQUIRED.stream(), OPTIONAL.stream()).toList();
        return IntStream.range(0, names.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(names::get, i -> 1L << i));
    }

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
        if ((fields.found & ALL_REQUIRED) != ALL_REQUIRED) {
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
            case "r" -> revision = parser.getLongValue();
            default -> parser.skipChildren();
        }
        long bit = BITS.getOrDefault(name, 0L);
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
