/** The values everything else speaks of: trades, candles, intervals. No Flink, no I/O. */
package io.kline.model;
