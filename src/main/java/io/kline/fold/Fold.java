package io.kline.fold;

import io.kline.model.Candle;
import io.kline.model.Trade;
import java.math.BigDecimal;

/**
 * What a set of trades did: the content of a candle, whole or partial.
 *
 * <p>{@link #plus} is commutative and associative, so folds of disjoint sets can be merged in any
 * order. First and last are by (time, id), never by arrival. Sums are exact.
 *
 * @param firstTime time of the first trade, ms
 * @param firstId id of the first trade, with {@code firstTime} its place in the order
 * @param firstTradeId id of the first execution that the first trade stands for
 * @param lastTime time of the last trade, ms
 * @param lastId id of the last trade
 * @param lastTradeId id of the last execution that the last trade stands for
 * @param open price of the first trade
 * @param high highest price
 * @param low lowest price
 * @param close price of the last trade
 * @param volume sum of quantities
 * @param quoteVolume sum of price × quantity
 * @param takerBuyVolume the part of {@code volume} bought by takers
 * @param takerBuyQuoteVolume the part of {@code quoteVolume} bought by takers
 * @param count number of executions, at least 1
 */
public record Fold(
        long firstTime,
        long firstId,
        long firstTradeId,
        long lastTime,
        long lastId,
        long lastTradeId,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume,
        long count) {

    private static final long UNKNOWN = -1;

    /** The fold of one trade. */
    public static Fold of(Trade trade) {
        BigDecimal price = trade.price();
        BigDecimal quote = price.multiply(trade.quantity());
        boolean takerBuys = !trade.buyerIsMaker();
        return new Fold(
                trade.time(),
                trade.id(),
                trade.firstId(),
                trade.time(),
                trade.id(),
                trade.lastId(),
                price,
                price,
                price,
                price,
                trade.quantity(),
                quote,
                takerBuys ? trade.quantity() : BigDecimal.ZERO,
                takerBuys ? quote : BigDecimal.ZERO,
                trade.count());
    }

    /**
     * The fold that a candle with trades shows. A candle does not tell the time of its first trade:
     * it is taken for earlier than any other.
     */
    static Fold of(Candle candle) {
        return new Fold(
                candle.openTime(),
                UNKNOWN,
                candle.firstTradeId(),
                candle.lastTime(),
                candle.lastId(),
                candle.lastTradeId(),
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                candle.quoteVolume(),
                candle.takerBuyVolume(),
                candle.takerBuyQuoteVolume(),
                candle.count());
    }

    /** The fold of both sets of trades, which must have none in common. */
    public Fold plus(Fold other) {
        Fold first = inOrder(firstTime, firstId, other.firstTime, other.firstId) ? this : other;
        Fold last = inOrder(lastTime, lastId, other.lastTime, other.lastId) ? other : this;
        return new Fold(
                first.firstTime,
                first.firstId,
                first.firstTradeId,
                last.lastTime,
                last.lastId,
                last.lastTradeId,
                first.open,
                high.max(other.high),
                low.min(other.low),
                last.close,
                volume.add(other.volume),
                quoteVolume.add(other.quoteVolume),
                takerBuyVolume.add(other.takerBuyVolume),
                takerBuyQuoteVolume.add(other.takerBuyQuoteVolume),
                count + other.count);
    }

    /** Whether time and id of the first trade are what they were, and not only earlier than all. */
    boolean isFirstKnown() {
        return firstId != UNKNOWN;
    }

    /** The last trade, as the candles after this one carry it. */
    public LastTrade last() {
        return new LastTrade(close, lastTime, lastId);
    }

    /**
     * The only trade of this fold.
     *
     * @throws IllegalStateException if it is the fold of several
     */
    public Trade onlyTrade(String symbol) {
        if (firstTime != lastTime || firstId != lastId) {
            throw new IllegalStateException(
                    "not one trade: " + symbol + " " + firstId + " to " + lastId);
        }
        return new Trade(
                symbol,
                lastId,
                close,
                volume,
                lastTime,
                takerBuyVolume.signum() == 0,
                firstTradeId,
                lastTradeId);
    }

    private static boolean inOrder(long timeA, long idA, long timeB, long idB) {
        return timeA < timeB || timeA == timeB && idA <= idB;
    }
}
