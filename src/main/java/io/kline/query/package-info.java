/**
 * The read library: the candles of Redis and MySQL as one. No Flink.
 *
 * <pre>
 *   CandleQuery ─ RollUp ─ Ranges ─┬─ RedisReads ─ GuardedRedis
 *                                  └─ MysqlReads
 * </pre>
 */
package io.kline.query;
