package io.kline.tools.bench.peers;

import io.kline.config.RedisSettings;
import io.kline.store.mysql.MysqlLogin;
import io.kline.tools.stack.EmbeddedMariaDb;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What a peer reads, and where it writes.
 *
 * @param bootstrap {@code host:port} of Kafka
 * @param topic trades, complete before the peer starts
 * @param records how many there are in all partitions
 * @param redis {@code host:port} of Redis, or null
 * @param mysql JDBC address of the embedded MySQL, or null
 */
record PeerInput(String bootstrap, String topic, long records, String redis, String mysql) {

    /** Threads of a peer: as many as the jobs have subtasks, where nobody says otherwise. */
    static final int PARALLELISM = Runtime.getRuntime().availableProcessors();

    /** {@code kline.allowed-lateness}, as it is by default. */
    static final Duration ALLOWED_LATENESS = Duration.ofMinutes(10);

    /** {@code kline.out-of-orderness}, as it is by default. */
    static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(1);

    /**
     * Longer than any run. The topic is complete, so no partition is ever without trades, and one
     * that is slow to begin must not be taken for it: a watermark would not wait for it then.
     */
    static final Duration IDLE_TIMEOUT = Duration.ofDays(1);

    /** {@code kline.merge-interval}, as it is by default. */
    static final Duration MERGE_INTERVAL = Duration.ofMillis(333);

    private static final int HISTORY_SIZE = 1_500;

    /** Of a consumer that counts what it reads. */
    Properties consumer() {
        Properties consumer = new Properties();
        consumer.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        consumer.setProperty(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, RecordsRead.class.getName());
        return consumer;
    }

    /**
     * Redis as the jobs use it.
     *
     * @throws IllegalArgumentException if there is none
     */
    RedisSettings redisSettings() {
        if (redis == null) {
            throw new IllegalArgumentException("this peer needs --redis");
        }
        return RedisSettings.single(redis, HISTORY_SIZE);
    }

    /**
     * MySQL with the login of the embedded one.
     *
     * @throws IllegalArgumentException if there is none
     */
    MysqlLogin mysqlLogin() {
        if (mysql == null) {
            throw new IllegalArgumentException("this peer needs --mysql");
        }
        return new MysqlLogin(mysql, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
    }
}
