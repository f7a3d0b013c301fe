package io.kline.tools.size;

/**
 * What one unit of data costs. Each is in the table of {@code docs/benchmarks.md} with its
 * conditions. Bytes are measured by {@code size.sh --measure}; what CPU costs depends on the
 * machine.
 */
enum UnitCost {
    REDIS_MEMBER(473, "bytes", "memory of Redis per kline of a history"),
    REDIS_SERIES(456, "bytes", "memory of Redis per series, without its history"),
    REDIS_WRITE(405, "bytes", "to Redis per forming candle written"),
    MYSQL_BYTES(342, "bytes", "disk of MySQL per row"),
    KAFKA_TRADE(153, "bytes", "disk of Kafka per trade, not packed"),
    KAFKA_KLINE(440, "bytes", "disk of Kafka per closed candle, not packed"),

    STATE_SYMBOL(87, "bytes", "checkpoint per symbol"),
    STATE_SERIES(111, "bytes", "checkpoint per series"),
    STATE_HELD(131, "bytes", "checkpoint per candle that still takes trades"),
    HEAP_STATE(2.9, "bytes", "heap of the live job per byte of its state"),
    HEAP_SERIES(161, "bytes", "heap of the live job per series in Redis"),

    TRADE_CPU(5, "s", "CPU of the live job per million trades"),
    CANDLE_CPU(34.5, "s", "CPU of the live job per million forming candles written"),
    REDIS_CPU(17.5, "s", "CPU of Redis per million forming candles written"),
    MYSQL_CPU(172, "s", "CPU of MySQL per million rows");

    private final double value;
    private final String unit;
    private final String text;

    UnitCost(double value, String unit, String text) {
        this.value = value;
        this.unit = unit;
        this.text = text;
    }

    double value() {
        return value;
    }

    String unit() {
        return unit;
    }

    /** What it is the cost of, as documents say it. */
    String text() {
        return text;
    }
}
