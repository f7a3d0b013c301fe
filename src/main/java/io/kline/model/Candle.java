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
 * @param firstTime time of the first trade, ms; {@link #NOT_TOLD} when flat, and of candles from
 *     Redis, which does not keep it
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
        long firstTime,
        long lastTime,
        long lastId,
        boolean closed) {

    /** The value of {@link #firstTime} where it is not known. */
    public static final long NOT_TOLD = -1;

    /** A candle that does not tell the time of its first trade. */
    public Candle(
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
        this(
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
                NOT_TOLD,
                lastTime,
                lastId,
                closed);
    }

    /**
     * A candle without trades.
     *
     * @param price the close of the candle before it
     * @param lastTime time of the trade whose price that is, ms
     * @param lastId its id
     */
    public static Candle flat(
            String symbol,
            String interval,
            long openTime,
            long closeTime,
            BigDecimal price,
            long lastTime,
            long lastId,
            boolean closed) {
        return new Candle(
                symbol,
                interval,
                openTime,
                closeTime,
                price,
                price,
                price,
                price,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0,
                -1,
                -1,
                lastTime,
                lastId,
                closed);
    }

    /** Whether no trade happened in it. */
    public boolean isFlat() {
        return count == 0;
    }

    /** The same candle, closed. */
    public Candle asClosed() {
        return with(firstTime, true);
    }

    /** The same candle with the time of its first trade, ms. */
    public Candle withFirstTime(long time) {
        return with(time, closed);
    }

    private Candle with(long newFirstTime, boolean newClosed) {
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
                newFirstTime,
                lastTime,
                lastId,
                newClosed);
    }

    /** What stores compare before they let this candle replace another of the same open time. */
    public Version version() {
        return new Version(count, lastTime, lastId, closed);
    }
}
