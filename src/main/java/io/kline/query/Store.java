package io.kline.query;

/** Where candles are kept. */
public enum Store {
    /** The forming candle and the newest closed ones. */
    REDIS,
    /** All closed candles, a moment later. */
    MYSQL
}
