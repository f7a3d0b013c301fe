/** The part of Binance's REST interface that is about candles. */
package io.kline.server.binance;
