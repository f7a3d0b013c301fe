/** Candles into MySQL, by Flink's JDBC sink. */
package io.kline.sink.mysql;
