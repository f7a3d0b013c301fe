package io.kline.query;

import io.kline.model.Candle;
import java.math.BigDecimal;

/**
 * A candle made of smaller ones. As everywhere, only trades make the prices of a candle that has
 * trades; without any it is flat at the price before it.
 */
final class RolledUp {

    private final String interval;
    private final long openTime;
    private final long closeTime;
    private Candle first;
    private Candle last;
    private Candle end;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal quoteVolume = BigDecimal.ZERO;
    private BigDecimal takerBuyVolume = BigDecimal.ZERO;
    private BigDecimal takerBuyQuoteVolume = BigDecimal.ZERO;
    private long count;

    /** A candle of nothing yet. */
    RolledUp(String interval, long openTime, long closeTime) {
        this.interval = interval;
        this.openTime = openTime;
        this.closeTime = closeTime;
    }

    long openTime() {
        return openTime;
    }

    /** Adds the next smaller candle. */
    void add(Candle candle) {
        end = candle;
        if (candle.isFlat()) {
            return;
        }
        if (first == null) {
            first = candle;
            high = candle.high();
            low = candle.low();
        }
        last = candle;
        high = high.max(candle.high());
        low = low.min(candle.low());
        volume = volume.add(candle.volume());
        quoteVolume = quoteVolume.add(candle.quoteVolume());
        takerBuyVolume = takerBuyVolume.add(candle.takerBuyVolume());
        takerBuyQuoteVolume = takerBuyQuoteVolume.add(candle.takerBuyQuoteVolume());
        count += candle.count();
    }

    /** The candle of what was added, at least one. */
    Candle candle() {
        boolean isFlat = first == null;
        BigDecimal carried = end.close();
        return new Candle(
                end.symbol(),
                interval,
                openTime,
                closeTime,
                isFlat ? carried : first.open(),
                isFlat ? carried : high,
                isFlat ? carried : low,
                isFlat ? carried : last.close(),
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                count,
                isFlat ? -1 : first.firstTradeId(),
                isFlat ? -1 : last.lastTradeId(),
                end.lastTime(),
                end.lastId(),
                end.closed() && end.closeTime() == closeTime);
    }
}
