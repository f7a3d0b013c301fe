package io.kline.tools.size;

import static io.kline.tools.size.UnitCost.HEAP_STATE;
import static io.kline.tools.size.UnitCost.HISTORY_ROW;
import static io.kline.tools.size.UnitCost.KAFKA_KLINE;
import static io.kline.tools.size.UnitCost.KAFKA_TRADE;
import static io.kline.tools.size.UnitCost.LIVE_CANDLE;
import static io.kline.tools.size.UnitCost.LIVE_TRADE;
import static io.kline.tools.size.UnitCost.MYSQL_BYTES;
import static io.kline.tools.size.UnitCost.MYSQL_ROW;
import static io.kline.tools.size.UnitCost.REDIS_CANDLE;
import static io.kline.tools.size.UnitCost.REDIS_MEMBER;
import static io.kline.tools.size.UnitCost.REDIS_SERIES;
import static io.kline.tools.size.UnitCost.REDIS_WRITE;
import static io.kline.tools.size.UnitCost.STATE_HELD;
import static io.kline.tools.size.UnitCost.STATE_SERIES;
import static io.kline.tools.size.UnitCost.STATE_SYMBOL;

/**
 * What an installation needs, computed from the unit costs. Half of every core is left free, so
 * that a backlog is read faster than it grows.
 */
record Sizing(Installation of) {

    private static final double MICROS = 1e6;
    private static final double DAY_SECONDS = 86_400;

    /** How long the rows of the busiest boundary may take, s. */
    private static final double BOUNDARY_SECONDS = 60;

    /** Part of a core that is used at the peak. */
    static final double BUSY = 0.5;

    /** What the sink to Redis may keep waiting, of each subtask. */
    static final double WAITING_BYTES = 64e6;

    /** What a TaskManager of Flink needs beside state and waiting candles. */
    static final double BASE_HEAP = 512e6;

    /** Cores' worth of work of the live job. */
    double liveCpu() {
        return (of.tradesPerSecond() * LIVE_TRADE.value()
                        + of.candlesPerSecond() * LIVE_CANDLE.value())
                / MICROS;
    }

    int liveParallelism() {
        return (int) Math.max(1, Math.ceil(liveCpu() / BUSY));
    }

    double checkpointBytes() {
        return of.symbols() * STATE_SYMBOL.value()
                + of.series() * STATE_SERIES.value()
                + of.heldCandles() * STATE_HELD.value();
    }

    /** Of all TaskManagers of the live job together. */
    double liveHeap() {
        return BASE_HEAP
                + liveParallelism() * WAITING_BYTES
                + checkpointBytes() * HEAP_STATE.value();
    }

    /** Rows at the busiest boundary: all candles close at once. */
    double boundaryRows() {
        return of.series();
    }

    /** Cores' worth of work of the history job, averaged over a day. */
    double historyCpu() {
        return of.rowsPerDay() / DAY_SECONDS * HISTORY_ROW.value() / MICROS;
    }

    /** Enough for the busiest boundary in a minute. */
    int historyParallelism() {
        double cpu = boundaryRows() / BOUNDARY_SECONDS * HISTORY_ROW.value() / MICROS;
        return (int) Math.max(1, Math.ceil(Math.max(cpu, historyCpu()) / BUSY));
    }

    double redisBytes() {
        return of.historyMembers() * REDIS_MEMBER.value() + of.series() * REDIS_SERIES.value();
    }

    double redisCpu() {
        return of.candlesPerSecond() * REDIS_CANDLE.value() / MICROS;
    }

    /** Masters of Redis: commands of one run on one core. */
    int redisMasters() {
        return (int) Math.max(1, Math.ceil(redisCpu() / BUSY));
    }

    double mysqlBytes() {
        return of.rows() * MYSQL_BYTES.value();
    }

    /** Cores' worth of work of MySQL, averaged over a day. */
    double mysqlCpu() {
        return of.rowsPerDay() / DAY_SECONDS * MYSQL_ROW.value() / MICROS;
    }

    /** CPU seconds of MySQL at the busiest boundary. */
    double mysqlBoundarySeconds() {
        return boundaryRows() * MYSQL_ROW.value() / MICROS;
    }

    double tradeBytesPerSecond() {
        return of.tradesPerSecond() * KAFKA_TRADE.value();
    }

    double klineBytesPerDay() {
        return of.rowsPerDay() * KAFKA_KLINE.value();
    }

    /** Disk of all brokers, if the peak lasts. */
    double kafkaBytes() {
        return of.replicas()
                * of.days()
                * (tradeBytesPerSecond() * DAY_SECONDS + klineBytesPerDay());
    }

    double redisBytesPerSecond() {
        return of.candlesPerSecond() * REDIS_WRITE.value();
    }
}
