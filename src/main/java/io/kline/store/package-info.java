/**
 * What writers and readers share: klines, events and trades as text, and how failed calls are tried
 * again.
 */
package io.kline.store;
