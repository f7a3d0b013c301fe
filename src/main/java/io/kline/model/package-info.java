/**
 * The values everything else speaks of: symbols, trades, candles and their versions, intervals,
 * late trades, the events of the klines topic. No Flink, no I/O.
 */
package io.kline.model;
