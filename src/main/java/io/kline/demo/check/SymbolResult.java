package io.kline.demo.check;

/**
 * What the check of one symbol came to.
 *
 * @param rows candles read from MySQL
 * @param klines klines read from Redis
 * @param trades distinct trades they were compared with
 */
record SymbolResult(Findings findings, long rows, long klines, long trades) {}
