/** How fine the prices and quantities of symbols are: learned from candles, or configured. */
package io.kline.server.precision;
