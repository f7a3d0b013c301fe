/** What writers and readers share: the keys of Redis, and klines, events and trades as JSON. */
package io.kline.store;
