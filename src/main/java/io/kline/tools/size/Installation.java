package io.kline.tools.size;

import io.kline.model.Interval;
import java.time.Duration;
import java.util.List;

/**
 * What is to be sized.
 *
 * @param symbols that are known
 * @param active symbols that trade at the peak
 * @param intervals of candles
 * @param tradesPerSecond at the peak
 * @param days of input that Kafka keeps
 * @param years that MySQL holds, and that Redis has run for
 * @param replicas of each partition of Kafka
 * @param history klines of each history in Redis
 * @param mergeInterval how often trades become candles
 * @param allowedLateness how long a candle takes trades after its end
 */
record Installation(
        int symbols,
        int active,
        List<Interval> intervals,
        double tradesPerSecond,
        double days,
        double years,
        int replicas,
        int history,
        Duration mergeInterval,
        Duration allowedLateness) {

    private static final double DAY_MILLIS = 86_400_000;
    private static final double DAYS_PER_YEAR = 365.2425;

    Installation {
        intervals = List.copyOf(intervals);
        require(symbols > 0, "--symbols", symbols);
        require(active > 0 && active <= symbols, "--active", active);
        require(!intervals.isEmpty(), "--intervals", "none");
        require(tradesPerSecond > 0, "--trades-per-second", tradesPerSecond);
        require(days > 0, "--days", days);
        require(years > 0, "--years", years);
        require(replicas > 0, "--replicas", replicas);
        require(history > 0, "--history", history);
        require(mergeInterval.toMillis() > 0, "--merge-interval", mergeInterval);
        require(!allowedLateness.isNegative(), "--allowed-lateness", allowedLateness);
    }

    private static void require(boolean isGood, String name, Object value) {
        if (!isGood) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
    }

    /** Series: pairs of symbol and interval. */
    long series() {
        return (long) symbols * intervals.size();
    }

    /**
     * Versions of forming candles a second at the peak. Trades are taken to be spread evenly over
     * the active symbols, which is the most expensive way: of trades that meet in one merge only
     * one version is written.
     */
    double candlesPerSecond() {
        double merges = 1_000.0 / mergeInterval.toMillis();
        double tradesOfMerge = tradesPerSecond / (active * merges);
        return active * merges * -Math.expm1(-tradesOfMerge) * intervals.size();
    }

    /** Candles that close in a day, of all symbols: rows of MySQL. */
    double rowsPerDay() {
        return symbols * intervals.stream().mapToDouble(each -> DAY_MILLIS / length(each)).sum();
    }

    double rows() {
        return rowsPerDay() * DAYS_PER_YEAR * years;
    }

    /** Klines in all histories of Redis after the years. */
    double historyMembers() {
        return symbols
                * intervals.stream()
                        .mapToDouble(
                                each ->
                                        Math.min(
                                                history,
                                                years * DAYS_PER_YEAR * DAY_MILLIS / length(each)))
                        .sum();
    }

    /** Candles that still take trades, of all active symbols. */
    double heldCandles() {
        return active
                * intervals.stream()
                        .mapToDouble(each -> 1 + allowedLateness.toMillis() / length(each))
                        .sum();
    }

    /** Milliseconds of a candle; of a month, of the average one. */
    private static double length(Interval interval) {
        if (interval.unit() == Interval.Unit.MONTH) {
            return interval.count() * DAYS_PER_YEAR / 12 * DAY_MILLIS;
        }
        long open = interval.openOf(0);
        return interval.nextOpen(open) - open;
    }
}
