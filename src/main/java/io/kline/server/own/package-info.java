/** What Binance's interface has no word for. */
package io.kline.server.own;
