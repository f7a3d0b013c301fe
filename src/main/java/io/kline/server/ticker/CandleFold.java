package io.kline.server.ticker;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the trades of candles did, the candles in the order of time and one behind the other. */
final class CandleFold {

    private Candle first;
    private Candle last;
    private Candle newest;
    private BigDecimal high;
    private BigDecimal low;
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal quoteVolume = BigDecimal.ZERO;
    private long count;

    /** Adds candles behind those that are in it. */
    void add(List<Candle> candles) {
        candles.forEach(this::add);
    }

    private void add(Candle candle) {
        newest = candle;
        if (candle.isFlat()) {
            return;
        }
        if (first == null) {
            first = candle;
        }
        last = candle;
        high = high == null ? candle.high() : high.max(candle.high());
        low = low == null ? candle.low() : low.min(candle.low());
        volume = volume.add(candle.volume());
        quoteVolume = quoteVolume.add(candle.quoteVolume());
        count += candle.count();
    }

    /** Nothing if there was no candle. */
    Optional<TickerStats> stats(long openTime, long closeTime) {
        if (newest == null) {
            return Optional.empty();
        }
        if (first == null) {
            return Optional.of(
                    TickerStats.flat(newest.symbol(), newest.close(), openTime, closeTime));
        }
        return Optional.of(
                new TickerStats(
                        newest.symbol(),
                        first.open(),
                        high,
                        low,
                        newest.close(),
                        volume,
                        quoteVolume,
                        openTime,
                        closeTime,
                        first.firstTradeId(),
                        last.lastTradeId(),
                        count));
    }

    /** Nothing if there was no candle. */
    Optional<AveragePrice> average() {
        return Optional.ofNullable(newest)
                .map(
                        candle ->
                                new AveragePrice(
                                        TickerStats.average(quoteVolume, volume, candle.close()),
                                        candle.lastTime()));
    }
}
