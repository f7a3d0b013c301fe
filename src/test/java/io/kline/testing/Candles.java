package io.kline.testing;

import io.kline.model.Candle;
import java.math.BigDecimal;

/** Candles to write: of minute 0, 1, 2 … and a version. */
public final class Candles {

    public static final String BTC = "BTCUSDT";
    public static final String ETH = "ETHUSDT";
    public static final long MINUTE = 60_000;

    private Candles() {}

    /** A forming 1m candle of BTC whose version is (n, lt, li, x). */
    public static Candle candle(int minute, long n, long lt, long li, boolean x) {
        return candle(BTC, "1m", minute, n, lt, li, x);
    }

    /** A forming 1m candle of BTC after n trades. */
    public static Candle candle(int minute, long n) {
        return candle(minute, n, n, n, false);
    }

    /** A forming candle after n trades. */
    public static Candle candle(String symbol, String interval, int minute, long n) {
        return candle(symbol, interval, minute, n, n, n, false);
    }

    private static Candle candle(
            String symbol, String interval, int minute, long n, long lt, long li, boolean x) {
        BigDecimal price = new BigDecimal("0.00012").add(BigDecimal.valueOf(n % 1000));
        CandleBuilder candle =
                CandleBuilder.candle(symbol, interval, minute * MINUTE)
                        .closeTime((minute + 1) * MINUTE - 1)
                        .price(price)
                        .last(lt, li)
                        .closed(x);
        if (n == 0) {
            return candle.flat().build();
        }
        return candle.first(1)
                .volume(BigDecimal.ONE, price)
                .takerBuys(BigDecimal.ZERO, BigDecimal.ZERO)
                .count(n)
                .build();
    }
}
