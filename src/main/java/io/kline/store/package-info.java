/**
 * What writers and readers share: klines, events and trades as text, how failed calls are tried
 * again, and threads that nobody has to end.
 */
package io.kline.store;
