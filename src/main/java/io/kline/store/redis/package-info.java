/**
 * How Redis is reached and what is in it: keys, the script, and one router for a single server,
 * Sentinel and Cluster. No Flink.
 */
package io.kline.store.redis;
