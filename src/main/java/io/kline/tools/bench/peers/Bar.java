package io.kline.tools.bench.peers;

import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.math.BigDecimal;

/**
 * The accumulator of a window: as an example for Flink would have it, mutable and with public
 * fields, so that Flink takes it for a POJO. It holds all that our candles hold. Open and close go
 * by (time, id).
 */
public final class Bar {

    public long firstTime;
    public long firstId;
    public long lastTime;
    public long lastId;
    public BigDecimal open;
    public BigDecimal high;
    public BigDecimal low;
    public BigDecimal close;
    public BigDecimal volume = BigDecimal.ZERO;
    public BigDecimal quoteVolume = BigDecimal.ZERO;
    public BigDecimal takerBuyVolume = BigDecimal.ZERO;
    public BigDecimal takerBuyQuoteVolume = BigDecimal.ZERO;
    public long count;

    void add(Trade trade) {
        BigDecimal price = trade.price();
        BigDecimal quantity = trade.quantity();
        long time = trade.time();
        if (count == 0 || isBefore(time, trade.firstId(), firstTime, firstId)) {
            firstTime = time;
            firstId = trade.firstId();
            open = price;
        }
        if (count == 0 || isBefore(lastTime, lastId, time, trade.lastId())) {
            lastTime = time;
            lastId = trade.lastId();
            close = price;
        }
        high = count == 0 ? price : high.max(price);
        low = count == 0 ? price : low.min(price);
        BigDecimal quote = price.multiply(quantity);
        volume = volume.add(quantity);
        quoteVolume = quoteVolume.add(quote);
        if (!trade.buyerIsMaker()) {
            takerBuyVolume = takerBuyVolume.add(quantity);
            takerBuyQuoteVolume = takerBuyQuoteVolume.add(quote);
        }
        count += trade.count();
    }

    private static boolean isBefore(long time, long id, long otherTime, long otherId) {
        return time != otherTime ? time < otherTime : id < otherId;
    }

    /** What it holds now, as a value. */
    Ohlcv ohlcv() {
        return new Ohlcv(
                new TradeRef(firstTime, firstId),
                new TradeRef(lastTime, lastId),
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                takerBuyVolume,
                takerBuyQuoteVolume,
                count);
    }
}
