package io.kline.tools.bench;

import io.kline.config.IntervalOptions;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Candles of all intervals whose figures have as many digits as those of a busy market. The same
 * question has the same answer.
 */
final class MadeUpCandles {

    /** 2026-01-01; all candles of place 0 hold it. */
    private static final long BEGIN = 1_767_225_600_000L;

    private static final long FIRST_ID = 5_000_000_000L;

    /**
     * A candle of each interval.
     *
     * @param place which one: its open time grows with it
     * @param round which version of it: it grows with it
     */
    List<Candle> of(String symbol, int place, int round, boolean closed) {
        List<Candle> candles = new ArrayList<>(IntervalOptions.DEFAULT_INTERVALS.size());
        Random random = new Random(symbol.hashCode() * 31L + place * 1_009L + round);
        for (Interval interval : IntervalOptions.DEFAULT_INTERVALS) {
            candles.add(candle(symbol, interval, place, round, closed, random));
        }
        return candles;
    }

    private static Candle candle(
            String symbol, Interval interval, int place, int round, boolean closed, Random random) {
        Candle any = BusyCandles.candle(symbol, interval, BEGIN, -place, random);
        Ohlcv figures = any.ohlcv();
        return new Candle(
                any.key(),
                any.closeTime(),
                new Ohlcv(
                        new TradeRef(any.openTime(), FIRST_ID),
                        new TradeRef(any.openTime() + round, FIRST_ID + round),
                        figures.open(),
                        figures.high(),
                        figures.low(),
                        figures.close(),
                        figures.volume(),
                        figures.quoteVolume(),
                        figures.takerBuyVolume(),
                        figures.takerBuyQuoteVolume(),
                        1_000L + round),
                closed);
    }
}
