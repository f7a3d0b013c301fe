package io.kline.tools.size;

/**
 * Cores that work all the time at the peak.
 *
 * @param live of all TaskManagers of the live job
 * @param redis of all masters: each uses one
 * @param mysql while the candles of the busiest boundary are written
 */
record Cores(double live, double redis, double mysql) {

    private static final double MILLION = 1e6;

    /** How long the candles of the busiest boundary may take, s. */
    private static final double BOUNDARY_SECONDS = 60;

    /** By the unit costs. */
    static Cores of(Installation of) {
        return of(
                of,
                UnitCost.TRADE_CPU.value(),
                UnitCost.CANDLE_CPU.value(),
                UnitCost.REDIS_CPU.value(),
                UnitCost.MYSQL_CPU.value());
    }

    /**
     * By other costs, in seconds of CPU.
     *
     * @param trades of a million of them, in the live job
     * @param candles of a million of them that the live job writes
     * @param klines of a million of the same, in Redis
     * @param rows of a million of them, in MySQL
     */
    static Cores of(Installation of, double trades, double candles, double klines, double rows) {
        return new Cores(
                (of.tradesPerSecond() * trades + of.candlesPerSecond() * candles) / MILLION,
                of.candlesPerSecond() * klines / MILLION,
                of.series() / BOUNDARY_SECONDS * rows / MILLION);
    }
}
