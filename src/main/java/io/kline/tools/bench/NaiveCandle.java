package io.kline.tools.bench;

import java.math.BigDecimal;

/** A candle as the simplest possible program makes it. Open and close are by (time, id). */
final class NaiveCandle {

    private long firstTime = Long.MAX_VALUE;
    private long firstId;
    private long lastTime = Long.MIN_VALUE;
    private long lastId;
    private BigDecimal open;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal close;
    private BigDecimal volume = BigDecimal.ZERO;
    private long count;

    void add(long time, long id, BigDecimal price, BigDecimal quantity) {
        if (time < firstTime || time == firstTime && id < firstId) {
            firstTime = time;
            firstId = id;
            open = price;
        }
        if (time > lastTime || time == lastTime && id > lastId) {
            lastTime = time;
            lastId = id;
            close = price;
        }
        high = count == 0 ? price : high.max(price);
        low = count == 0 ? price : low.min(price);
        volume = volume.add(quantity);
        count++;
    }

    /** Adds a candle whose trades are not in this one. */
    void add(NaiveCandle other) {
        if (other.firstTime < firstTime
                || other.firstTime == firstTime && other.firstId < firstId) {
            firstTime = other.firstTime;
            firstId = other.firstId;
            open = other.open;
        }
        if (other.lastTime > lastTime || other.lastTime == lastTime && other.lastId > lastId) {
            lastTime = other.lastTime;
            lastId = other.lastId;
            close = other.close;
        }
        high = count == 0 ? other.high : high.max(other.high);
        low = count == 0 ? other.low : low.min(other.low);
        volume = volume.add(other.volume);
        count += other.count;
    }

    /** Open, high, low, close, volume and count, as {@link #row} writes those of other candles. */
    String row() {
        return row(open, high, low, close, volume, count);
    }

    /** Figures of a candle in one spelling. */
    static String row(
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            long count) {
        return plain(open)
                + ","
                + plain(high)
                + ","
                + plain(low)
                + ","
                + plain(close)
                + ","
                + plain(volume)
                + ","
                + count;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
