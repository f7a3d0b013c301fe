package io.kline.kafka;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Symbol;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.time.ZoneOffset;

/**
 * What an event of the klines topic must be to fit into the tables. Whoever may write to the topic
 * could otherwise stop history: the database would refuse the record at every attempt.
 */
final class SoundEvent {

    private static final int MAX_INTEGER_DIGITS = 20;
    private static final int MAX_FRACTION_DIGITS = 18;

    private SoundEvent() {}

    /**
     * @throws IllegalArgumentException naming what does not fit
     */
    static KlineEvent require(KlineEvent event) {
        if (event instanceof KlineEvent.Closed closed) {
            require(closed.candle());
        } else if (event instanceof KlineEvent.Late late) {
            require(late.late());
        }
        return event;
    }

    private static void require(Candle candle) {
        symbol(candle.symbol());
        Interval.parse(candle.interval(), ZoneOffset.UTC);
        price(candle.open());
        price(candle.high());
        price(candle.low());
        price(candle.close());
        // Volumes may have more digits than a column; the statement rounds them.
        notNegative("v", candle.volume());
        notNegative("q", candle.quoteVolume());
        notNegative("V", candle.takerBuyVolume());
        notNegative("Q", candle.takerBuyQuoteVolume());
        require(candle.openTime() < candle.closeTime(), "closes before it opens");
        require(candle.count() >= 0, "n is below 0");
    }

    private static void require(LateTrade late) {
        Trade trade = late.trade();
        symbol(trade.symbol());
        Interval.parse(late.interval(), ZoneOffset.UTC);
        price(trade.price());
        price(trade.quantity());
        require(trade.time() > 0, "T is not above 0");
        require(trade.firstId() >= 0 && trade.count() >= 1, "f and l are no range of ids");
    }

    private static void symbol(String symbol) {
        require(Symbol.isValid(symbol), "not a symbol");
    }

    private static void price(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        require(
                value.signum() > 0
                        && (long) plain.precision() - plain.scale() <= MAX_INTEGER_DIGITS
                        && plain.scale() <= MAX_FRACTION_DIGITS,
                "a price or quantity is not above 0 or has too many digits");
    }

    private static void notNegative(String field, BigDecimal value) {
        require(value.signum() >= 0, field + " is below 0");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
