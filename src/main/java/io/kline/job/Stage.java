package io.kline.job;

/**
 * Names and uids of all operators. A uid ties an operator to its state in savepoints: it never
 * changes.
 */
enum Stage {
    TRADES("trades", "Trades from Kafka"),
    VALIDATE("validate", "Validate and count"),
    DEAD_LETTERS("dead-letters", "Dead letters to Kafka"),
    CANDLES("candles", "Form candles"),
    REDIS("redis", "Candles to Redis"),
    KLINES("klines", "Closed candles to Kafka"),

    HISTORY("history", "Klines from Kafka"),
    ROUTE("route", "Route events"),
    MYSQL("mysql", "Candles to MySQL"),
    CORRECTOR("corrector", "Correct stored candles"),
    CORRECTED("corrected", "Corrected candles to Redis");

    private final String uid;
    private final String title;

    Stage(String uid, String title) {
        this.uid = uid;
        this.title = title;
    }

    /** Ties the operator to its state. */
    String uid() {
        return uid;
    }

    /** What the Flink UI shows. */
    String title() {
        return title;
    }
}
