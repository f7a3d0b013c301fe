package io.kline.tools.size;

import static io.kline.tools.size.UnitCost.HEAP_SERIES;
import static io.kline.tools.size.UnitCost.HEAP_STATE;
import static io.kline.tools.size.UnitCost.KAFKA_KLINE;
import static io.kline.tools.size.UnitCost.KAFKA_TRADE;
import static io.kline.tools.size.UnitCost.MYSQL_BYTES;
import static io.kline.tools.size.UnitCost.REDIS_MEMBER;
import static io.kline.tools.size.UnitCost.REDIS_SERIES;
import static io.kline.tools.size.UnitCost.REDIS_WRITE;
import static io.kline.tools.size.UnitCost.STATE_HELD;
import static io.kline.tools.size.UnitCost.STATE_SERIES;
import static io.kline.tools.size.UnitCost.STATE_SYMBOL;

/** What an installation needs, computed from the unit costs. */
record Sizing(Installation of) {

    private static final double DAY_SECONDS = 86_400;

    double checkpointBytes() {
        return of.symbols() * STATE_SYMBOL.value()
                + of.series() * STATE_SERIES.value()
                + of.heldCandles() * STATE_HELD.value();
    }

    /** Heap of state and of what Redis has acknowledged, of all TaskManagers together. */
    double liveHeap() {
        return checkpointBytes() * HEAP_STATE.value() + of.series() * HEAP_SERIES.value();
    }

    double redisBytes() {
        return of.historyMembers() * REDIS_MEMBER.value() + of.series() * REDIS_SERIES.value();
    }

    double redisBytesPerSecond() {
        return of.candlesPerSecond() * REDIS_WRITE.value();
    }

    double mysqlBytes() {
        return of.rows() * MYSQL_BYTES.value();
    }

    double rowsPerSecond() {
        return of.rowsPerDay() / DAY_SECONDS;
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
}
