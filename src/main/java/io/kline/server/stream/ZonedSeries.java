package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.query.RollingCandle;
import java.util.List;

/** The candles of another zone, made of those of a channel. Thread safe. */
final class ZonedSeries {

    private final RollingCandle rolling;
    private final LiveSeries series;

    ZonedSeries(RollingCandle rolling, LiveSeries series) {
        this.rolling = rolling;
        this.series = series;
    }

    LiveSeries series() {
        return series;
    }

    /** Where stored candles have to be read from, ms. */
    long since(long now) {
        return rolling.since(now);
    }

    /**
     * Takes all stored candles from a time on; again when there are more of them. What comes first
     * is the newest.
     *
     * @param hold the number of that after which they were read
     */
    synchronized void begin(long since, List<Candle> stored, int hold) {
        List<Candle> changed = rolling.begin(since, stored);
        boolean isFirst = series.rememberedSince() == null;
        changed.stream()
                .skip(isFirst ? Math.max(0, changed.size() - 1) : 0)
                .forEach(series::accept);
        series.begin(hold);
    }

    synchronized void accept(Candle part) {
        rolling.add(part).ifPresent(series::accept);
    }
}
