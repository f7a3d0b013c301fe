package io.kline.sink.mysql;

import io.kline.config.MysqlOptions;
import io.kline.model.Candle;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;

/**
 * The sink that keeps the table {@code kline}. At least once; the statement makes repetitions
 * harmless.
 */
public final class KlineTable {

    /** How long a batch waits to fill up, ms. */
    private static final long BATCH_INTERVAL = 100;

    /** How often a failed batch is tried again before the job is restarted from its checkpoint. */
    private static final int RETRIES = 3;

    private KlineTable() {}

    public static Sink<Candle> sink(MysqlOptions options) {
        JdbcConnectionOptionsBuilder connection =
                new JdbcConnectionOptionsBuilder()
                        .withUrl(options.url)
                        .withDriverName("com.mysql.cj.jdbc.Driver")
                        .withUsername(options.user);
        MysqlLogin.properties(options.url).forEach(connection::withProperty);
        if (options.password != null) {
            connection.withPassword(options.password);
        }
        return new QuietClose<>(
                JdbcSink.<Candle>builder()
                        .withQueryStatement(KlineUpsert.SQL, KlineUpsert::bind)
                        .withExecutionOptions(
                                JdbcExecutionOptions.builder()
                                        .withBatchSize(options.batchSize)
                                        .withBatchIntervalMs(BATCH_INTERVAL)
                                        .withMaxRetries(RETRIES)
                                        .build())
                        .buildAtLeastOnce(connection.build()));
    }
}
