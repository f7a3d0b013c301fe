package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.util.Random;

/** Made-up candles whose figures have as many digits as those of a busy market. */
public final class BusyCandles {

    private BusyCandles() {}

    /**
     * A candle; all but the one of age 0 are closed.
     *
     * @param interval of fixed length
     * @param now ms
     * @param age how many candles before the one that holds {@code now}
     */
    public static Candle candle(
            String symbol, Interval interval, long now, int age, Random random) {
        long length = interval.nextOpen(0);
        long open = interval.openOf(now) - age * length;
        BigDecimal price = decimal(random, 10_000_000_000_000L, 8);
        BigDecimal volume = decimal(random, 1_000_000_000_000L, 6);
        BigDecimal taken = decimal(random, 1_000_000_000_000L, 6);
        return new Candle(
                new CandleKey(symbol, interval.code(), open),
                open + length - 1,
                new Ohlcv(
                        new TradeRef(open, random.nextLong(5_000_000_000L)),
                        new TradeRef(
                                open + random.nextLong(length), random.nextLong(5_000_000_000L)),
                        price,
                        price.add(decimal(random, 1_000_000_000L, 8)),
                        price.subtract(decimal(random, 1_000_000_000L, 8)),
                        price,
                        volume,
                        volume.multiply(price),
                        taken,
                        taken.multiply(price),
                        1 + random.nextInt(5_000_000)),
                age > 0);
    }

    private static BigDecimal decimal(Random random, long bound, int scale) {
        return BigDecimal.valueOf(1 + random.nextLong(bound), scale);
    }
}
