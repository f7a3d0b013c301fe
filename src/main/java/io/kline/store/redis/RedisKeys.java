package io.kline.store.redis;

/**
 * The names of everything in Redis. The symbol is the hash tag, so all keys of a symbol share a
 * Cluster slot.
 */
public final class RedisKeys {

    /** Set of the known symbols. */
    public static final String SYMBOLS = "kline:symbols";

    private RedisKeys() {}

    /** String: the latest kline. Also the name of the channel that gets every accepted one. */
    public static String latest(String symbol, String interval) {
        return "kline:{" + symbol + "}:" + interval;
    }

    /** Sorted set: the klines before the latest, score = open time in ms. */
    public static String history(String symbol, String interval) {
        return latest(symbol, interval) + ":history";
    }

    /**
     * String, for a day: the symbols that were known when the job started without state, a line
     * each.
     *
     * @param start names the start
     */
    public static String knownAt(String start) {
        return "kline-start:" + start;
    }

    /**
     * String, for a day: the newest klines of a symbol as that start first found them, a line each.
     */
    public static String foundAt(String start, String symbol) {
        return "kline-start:" + start + ":{" + symbol + "}";
    }
}
