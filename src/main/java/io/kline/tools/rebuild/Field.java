package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineUpsert;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The fields of a candle that are compared, by their names in the kline's JSON. */
enum Field {
    CLOSE_TIME("T", Candle::closeTime),
    OPEN("o", Candle::open),
    HIGH("h", Candle::high),
    LOW("l", Candle::low),
    CLOSE("c", Candle::close),
    VOLUME("v", Candle::volume),
    QUOTE_VOLUME("q", Candle::quoteVolume),
    TAKER_BUY_VOLUME("V", Candle::takerBuyVolume),
    TAKER_BUY_QUOTE_VOLUME("Q", Candle::takerBuyQuoteVolume),
    COUNT("n", Candle::count),
    FIRST_TRADE("f", Candle::firstTradeId),
    LAST_TIME("lt", Candle::lastTime),
    LAST_ID("li", Candle::lastId);

    private final String code;
    private final Function<Candle, BigDecimal> value;

    Field(String code, Function<Candle, BigDecimal> value) {
        this.code = code;
        this.value = value;
    }

    Field(String code, ToLongFunction<Candle> value) {
        this(code, (Candle candle) -> BigDecimal.valueOf(value.applyAsLong(candle)));
    }

    /**
     * What differs, as {@code n 5, not 4}; empty if nothing does. A value may be exact or as a
     * column of the table holds it.
     *
     * @param slack by how many units of the last column digit sums of products may differ: those
     *     that are made of stored ones are sums of rounded values
     */
    static List<String> differences(Candle stored, Candle computed, long slack) {
        List<String> differences = new ArrayList<>();
        for (Field field : values()) {
            BigDecimal is = field.value.apply(stored);
            BigDecimal must = field.value.apply(computed);
            if (!field.isSame(is, must, slack)) {
                differences.add(
                        "%s %s, not %s"
                                .formatted(field.code, KlineJson.plain(is), KlineJson.plain(must)));
            }
        }
        return differences;
    }

    private boolean isSame(BigDecimal is, BigDecimal must, long slack) {
        if (is.compareTo(must) == 0 || is.compareTo(KlineUpsert.inColumn(must)) == 0) {
            return true;
        }
        boolean isRounded = this == QUOTE_VOLUME || this == TAKER_BUY_QUOTE_VOLUME;
        return isRounded
                && is.subtract(must).abs().compareTo(BigDecimal.valueOf(slack, KlineUpsert.SCALE))
                        <= 0;
    }
}
