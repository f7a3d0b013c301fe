package io.kline.testing;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.time.ZoneOffset;

/**
 * Builds candles for tests. Unless set otherwise, a candle is closed and holds one trade: at its
 * open time, with its open time as id, of one unit at the price of one, bought by its taker.
 */
public final class CandleBuilder {

    private final CandleKey key;
    private long closeTime;
    private TradeRef first;
    private TradeRef last;
    private BigDecimal open = BigDecimal.ONE;
    private BigDecimal high = BigDecimal.ONE;
    private BigDecimal low = BigDecimal.ONE;
    private BigDecimal close = BigDecimal.ONE;
    private BigDecimal volume = BigDecimal.ONE;
    private BigDecimal quoteVolume = BigDecimal.ONE;
    private BigDecimal takerBuyVolume = BigDecimal.ONE;
    private BigDecimal takerBuyQuoteVolume = BigDecimal.ONE;
    private long count = 1;
    private boolean closed = true;
    private long revision;

    private CandleBuilder(CandleKey key) {
        this.key = key;
        closeTime = Interval.parse(key.interval(), ZoneOffset.UTC).nextOpen(key.openTime()) - 1;
        first = new TradeRef(TradeRef.UNKNOWN, key.openTime());
        last = new TradeRef(key.openTime(), key.openTime());
    }

    /**
     * A candle of the zone UTC.
     *
     * @param openTime ms
     */
    public static CandleBuilder candle(String symbol, String interval, long openTime) {
        return new CandleBuilder(new CandleKey(symbol, interval, openTime));
    }

    /** One that begins as a copy of another. */
    public static CandleBuilder like(Candle other) {
        return like(other, other.openTime());
    }

    /** One that begins as a copy of another with another open time, ms. */
    public static CandleBuilder like(Candle other, long openTime) {
        return new CandleBuilder(other.key().at(openTime))
                .closeTime(other.closeTime())
                .first(other.ohlcv().first().time(), other.firstTradeId())
                .last(other.lastTime(), other.lastId())
                .prices(other.open(), other.high(), other.low(), other.close())
                .volume(other.volume(), other.quoteVolume())
                .takerBuys(other.takerBuyVolume(), other.takerBuyQuoteVolume())
                .count(other.count())
                .closed(other.closed())
                .revision(other.revision());
    }

    public CandleBuilder closeTime(long value) {
        closeTime = value;
        return this;
    }

    /** The first trade, its time not known. */
    public CandleBuilder first(long id) {
        return first(TradeRef.UNKNOWN, id);
    }

    public CandleBuilder first(long time, long id) {
        first = new TradeRef(time, id);
        return this;
    }

    public CandleBuilder last(long time, long id) {
        last = new TradeRef(time, id);
        return this;
    }

    /** All four prices. */
    public CandleBuilder price(BigDecimal value) {
        return prices(value, value, value, value);
    }

    /** All four prices. */
    public CandleBuilder price(String value) {
        return price(new BigDecimal(value));
    }

    public CandleBuilder prices(
            BigDecimal newOpen, BigDecimal newHigh, BigDecimal newLow, BigDecimal newClose) {
        open = newOpen;
        high = newHigh;
        low = newLow;
        close = newClose;
        return this;
    }

    public CandleBuilder volume(BigDecimal base, BigDecimal quote) {
        volume = base;
        quoteVolume = quote;
        return this;
    }

    public CandleBuilder takerBuys(BigDecimal base, BigDecimal quote) {
        takerBuyVolume = base;
        takerBuyQuoteVolume = quote;
        return this;
    }

    public CandleBuilder count(long value) {
        count = value;
        return this;
    }

    /** Without trades: volumes are zero, and prices and last trade those carried on. */
    public CandleBuilder flat() {
        first = TradeRef.NONE;
        return count(0).volume(BigDecimal.ZERO, BigDecimal.ZERO)
                .takerBuys(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    public CandleBuilder closed(boolean value) {
        closed = value;
        return this;
    }

    public CandleBuilder revision(long value) {
        revision = value;
        return this;
    }

    public Candle build() {
        return new Candle(
                key,
                closeTime,
                new Ohlcv(
                        first,
                        last,
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
