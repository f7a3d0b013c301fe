/**
 * TradingView's UDF protocol, as the datafeed adapter that comes with its charting library speaks
 * it.
 */
package io.kline.server.udf;
