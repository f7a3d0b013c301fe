package io.kline.tools.check;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The fields of a candle that are compared, in the order of the kline JSON's meaning. */
enum CandleField {
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
    LAST_ID("li", Candle::lastId),
    REVISION("r", Candle::revision);

    /** Those that trades decide. */
    static final Set<CandleField> OF_TRADES = EnumSet.complementOf(EnumSet.of(REVISION));

    /** Fraction digits of a column of the table. */
    static final int SCALE = 18;

    private static final BigDecimal LARGEST =
            BigDecimal.TEN.pow(20).subtract(BigDecimal.ONE.movePointLeft(SCALE));

    /** Its name in the kline JSON. */
    final String code;

    private final Function<Candle, BigDecimal> value;

    CandleField(String code, Function<Candle, BigDecimal> value) {
        this.code = code;
        this.value = value;
    }

    CandleField(String code, ToLongFunction<Candle> value) {
        this(code, (Candle candle) -> BigDecimal.valueOf(value.applyAsLong(candle)));
    }

    BigDecimal of(Candle candle) {
        return value.apply(candle);
    }

    /** Whether it is a sum of products, which has more fraction digits than its column. */
    boolean isQuote() {
        return this == QUOTE_VOLUME || this == TAKER_BUY_QUOTE_VOLUME;
    }

    /** What a DECIMAL(38,18) makes of an exact value: rounded half up, cut at its largest. */
    BigDecimal inMysql(BigDecimal exact) {
        BigDecimal rounded =
                exact.scale() <= SCALE ? exact : exact.setScale(SCALE, RoundingMode.HALF_UP);
        return rounded.min(LARGEST);
    }
}
