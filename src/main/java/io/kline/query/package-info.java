/**
 * The read library: the candles of Redis and MySQL as one. No Flink.
 *
 * <pre>
 *   CandleQuery ─ RollUp ─┬─ RedisReads ─ store.redis
 *        │                └─ MysqlReads ─ store.mysql
 *        └─ RedisCoverage   what Redis proves, and what MySQL is asked
 * </pre>
 */
package io.kline.query;
