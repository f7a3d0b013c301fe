package io.kline.model;

import java.math.BigDecimal;

/**
 * What a set of trades did: the content of a candle, whole or partial. Without trades it is
 * <em>flat</em>: it only carries the price of the last trade before it.
 *
 * <p>{@link #plus} is commutative and associative, so the contents of disjoint sets of trades can
 * be added in any order. First and last are by (time, id), never by arrival. Sums are exact.
 *
 * @param first the first trade, by its first execution; {@link TradeRef#NONE} when flat
 * @param last the last trade, by its last execution; the carried one when flat
 * @param open price of the first trade
 * @param high highest price
 * @param low lowest price
 * @param close price of the last trade
 * @param volume sum of quantities, base asset
 * @param quoteVolume sum of price × quantity, quote asset
 * @param takerBuyVolume the part of {@code volume} bought by takers
 * @param takerBuyQuoteVolume the part of {@code quoteVolume} bought by takers
 * @param count number of executions, 0 when flat
 */
public record Ohlcv(
        TradeRef first,
        TradeRef last,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume,
        long count) {

    /** The content of one trade. */
    public static Ohlcv of(Trade trade) {
        BigDecimal price = trade.price();
        BigDecimal quantity = trade.quantity();
        BigDecimal quote = price.multiply(quantity);
        boolean takerBuys = !trade.buyerIsMaker();
        TradeRef last = trade.ref();
        return new Ohlcv(
                trade.firstId() == last.id() ? last : new TradeRef(trade.time(), trade.firstId()),
                last,
                price,
                price,
                price,
                price,
                quantity,
                quote,
                takerBuys ? quantity : BigDecimal.ZERO,
                takerBuys ? quote : BigDecimal.ZERO,
                trade.count());
    }

    /**
     * The content without trades.
     *
     * @param price price of the last trade before it
     * @param last that trade
     */
    public static Ohlcv flat(BigDecimal price, TradeRef last) {
        return new Ohlcv(
                TradeRef.NONE,
                last,
                price,
                price,
                price,
                price,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0);
    }

    /** Whether there is no trade in it. */
    public boolean isFlat() {
        return count == 0;
    }

    /** The flat content behind this one. */
    public Ohlcv carried() {
        return isFlat() ? this : flat(close, last);
    }

    /**
     * The content of both sets of trades, which must have none in common. A flat content adds
     * nothing; of two flat ones the later remains.
     */
    public Ohlcv plus(Ohlcv other) {
        if (isFlat() || other.isFlat()) {
            if (isFlat() && other.isFlat()) {
                return other.last.isAfter(last) ? other : this;
            }
            return isFlat() ? other : this;
        }
        Ohlcv opening = first.isAfter(other.first) ? other : this;
        Ohlcv closing = last.isAfter(other.last) ? this : other;
        return new Ohlcv(
                opening.first,
                closing.last,
                opening.open,
                high.max(other.high),
                low.min(other.low),
                closing.close,
                volume.add(other.volume),
                quoteVolume.add(other.quoteVolume),
                takerBuyVolume.add(other.takerBuyVolume),
                takerBuyQuoteVolume.add(other.takerBuyQuoteVolume),
                count + other.count);
    }
}
