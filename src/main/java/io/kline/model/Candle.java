package io.kline.model;

import java.math.BigDecimal;

/**
 * One candle of a symbol and interval as readers see it, forming or closed.
 *
 * <p>A candle without trades is <em>flat</em>: all prices are the close of the candle before it,
 * the volumes zero.
 *
 * @param symbol whose trades
 * @param interval code of the interval, such as {@code 1m}
 * @param openTime first ms that belongs to it
 * @param closeTime last ms that belongs to it
 * @param open price of the first trade by (time, id)
 * @param high highest price
 * @param low lowest price
 * @param close price of the last trade by (time, id)
 * @param volume sum of quantities, base asset
 * @param quoteVolume sum of price × quantity, quote asset
 * @param takerBuyVolume the part of {@code volume} bought by takers
 * @param takerBuyQuoteVolume the part of {@code quoteVolume} bought by takers
 * @param count number of trades
 * @param firstTradeId id of the first trade, -1 when flat
 * @param lastTradeId id of the last trade, -1 when flat
 * @param lastTime time of the last trade at or before {@code closeTime}, carried when flat, ms
 * @param lastId id of that trade
 * @param closed whether its time is over
 */
public record Candle(
        String symbol,
        String interval,
        long openTime,
        long closeTime,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume,
        long count,
        long firstTradeId,
        long lastTradeId,
        long lastTime,
        long lastId,
        boolean closed) {

    /** Whether no trade happened in it. */
    public boolean isFlat() {
        return count == 0;
    }

    /** The same candle, closed. */
    public Candle asClosed() {
        return new Candle(
                symbol,
                interval,
                openTime,
                closeTime,
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                count,
                firstTradeId,
                lastTradeId,
                lastTime,
                lastId,
                true);
    }

    /** What stores compare before they let this candle replace another of the same open time. */
    public Version version() {
        return new Version(count, lastTime, lastId, closed);
    }
}
