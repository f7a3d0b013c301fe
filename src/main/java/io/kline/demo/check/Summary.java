package io.kline.demo.check;

/**
 * What a check came to.
 *
 * @param rows candles read from MySQL
 * @param klines klines read from Redis
 * @param records records of trades read, or null if trades were not asked for
 * @param leftOut those of them that are not trades that count
 * @param trades distinct trades that candles were compared with
 */
record Summary(
        int symbols,
        int intervals,
        long rows,
        long klines,
        Long records,
        long leftOut,
        long trades,
        Findings findings) {

    boolean isClean() {
        return findings.total() == 0;
    }
}
