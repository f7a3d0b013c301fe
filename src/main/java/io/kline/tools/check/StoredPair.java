package io.kline.tools.check;

import io.kline.model.Candle;

/**
 * One candle as the two stores hold it; at least one does.
 *
 * @param redis or null
 * @param mysql or null
 */
record StoredPair(Candle redis, Candle mysql) {

    /** Redis' where there is one: its sums are not rounded. */
    Candle any() {
        return redis == null ? mysql : redis;
    }

    long open() {
        return any().openTime();
    }

    boolean isFlat() {
        return (redis == null || redis.isFlat()) && (mysql == null || mysql.isFlat());
    }

    boolean isClosedInBoth() {
        return redis != null && mysql != null && redis.closed() && mysql.closed();
    }

    /** What Redis holds of a field, or null. */
    String inRedis(CandleField field) {
        return redis == null ? null : field.of(redis).toPlainString();
    }

    /** What MySQL holds of a field, or null. */
    String inMysql(CandleField field) {
        return mysql == null ? null : field.of(mysql).stripTrailingZeros().toPlainString();
    }
}
