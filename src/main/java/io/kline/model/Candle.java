package io.kline.model;

import java.math.BigDecimal;

/**
 * One candle of a symbol and interval as readers see it, forming or closed.
 *
 * @param key which candle
 * @param closeTime last ms that belongs to it
 * @param ohlcv its content
 * @param closed whether its time is over
 * @param revision how often it was rebuilt with fewer trades; almost always 0
 */
public record Candle(CandleKey key, long closeTime, Ohlcv ohlcv, boolean closed, long revision) {

    /** A candle that was never rebuilt. */
    public Candle(CandleKey key, long closeTime, Ohlcv ohlcv, boolean closed) {
        this(key, closeTime, ohlcv, closed, 0);
    }

    /**
     * The one that a store would keep: of two candles the later, of two versions of one candle the
     * higher.
     */
    public static Candle newer(Candle a, Candle b) {
        if (a.openTime() != b.openTime()) {
            return a.openTime() > b.openTime() ? a : b;
        }
        return a.version().compareTo(b.version()) > 0 ? a : b;
    }

    public String symbol() {
        return key.symbol();
    }

    /** Code of the interval, such as {@code 1m}. */
    public String interval() {
        return key.interval();
    }

    /** First ms that belongs to it. */
    public long openTime() {
        return key.openTime();
    }

    public BigDecimal open() {
        return ohlcv.open();
    }

    public BigDecimal high() {
        return ohlcv.high();
    }

    public BigDecimal low() {
        return ohlcv.low();
    }

    public BigDecimal close() {
        return ohlcv.close();
    }

    public BigDecimal volume() {
        return ohlcv.volume();
    }

    public BigDecimal quoteVolume() {
        return ohlcv.quoteVolume();
    }

    public BigDecimal takerBuyVolume() {
        return ohlcv.takerBuyVolume();
    }

    public BigDecimal takerBuyQuoteVolume() {
        return ohlcv.takerBuyQuoteVolume();
    }

    /** Number of executions. */
    public long count() {
        return ohlcv.count();
    }

    /** Id of the first execution, -1 when flat. */
    public long firstTradeId() {
        return ohlcv.first().id();
    }

    /** Id of the last execution, -1 when flat. */
    public long lastTradeId() {
        return isFlat() ? TradeRef.UNKNOWN : ohlcv.last().id();
    }

    /** Time of the first trade, ms; -1 when flat, and of candles from Redis, which lacks it. */
    public long firstTime() {
        return ohlcv.first().time();
    }

    /** Time of the last trade at or before {@code closeTime}, carried when flat, ms. */
    public long lastTime() {
        return ohlcv.last().time();
    }

    /** Id of that trade. */
    public long lastId() {
        return ohlcv.last().id();
    }

    /** Whether no trade happened in it. */
    public boolean isFlat() {
        return ohlcv.isFlat();
    }

    /** The same candle, closed. */
    public Candle asClosed() {
        return closed ? this : new Candle(key, closeTime, ohlcv, true, revision);
    }

    /** The same candle with another content. */
    public Candle with(Ohlcv other) {
        return new Candle(key, closeTime, other, closed, revision);
    }

    /** What stores compare before they let this candle replace another of the same open time. */
    public Version version() {
        return new Version(revision, count(), lastTime(), lastId(), closed);
    }
}
