/** Trades that missed their candle in the live job. */
package io.kline.late;
