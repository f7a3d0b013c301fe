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

    /** Sums of products of prices and quantities have fewer; what has more is too long to write. */
    private static final int MAX_VOLUME_DIGITS = 100;

    private static final long MINUTE = 60_000;

    /** By so much months of the same number differ, and days of other offsets. */
    private static final long SLACK = 5 * 86_400_000L;

    /** {@code kline.carry-for} is not longer. */
    private static final long LONGEST_CARRIED = 36_500 * 86_400_000L;

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
        volume("v", candle.volume());
        volume("q", candle.quoteVolume());
        volume("V", candle.takerBuyVolume());
        volume("Q", candle.takerBuyQuoteVolume());
        require(candle.openTime() < candle.closeTime(), "closes before it opens");
        require(candle.count() >= 0, "n is below 0");
    }

    private static void require(LateTrade late) {
        Trade trade = late.trade();
        symbol(trade.symbol());
        Interval interval = Interval.parse(late.interval(), ZoneOffset.UTC);
        price(trade.price());
        price(trade.quantity());
        require(trade.time() > 0, "T is not above 0");
        long since = trade.time() - late.openTime();
        long open = interval.openOf(trade.time());
        long length = interval.nextOpen(open) - open;
        require(
                since >= 0 && since < length + SLACK && late.openTime() % MINUTE == 0,
                "T is not in the candle");
        require(
                late.carriedUntil() == Long.MAX_VALUE
                        || late.carriedUntil() - trade.time() <= LONGEST_CARRIED,
                "u is too far behind the trade");
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

    private static void volume(String field, BigDecimal value) {
        require(value.signum() >= 0, field + " is below 0");
        require(
                value.precision() <= MAX_VOLUME_DIGITS
                        && Math.abs((long) value.scale()) <= MAX_VOLUME_DIGITS,
                field + " has too many digits");
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
