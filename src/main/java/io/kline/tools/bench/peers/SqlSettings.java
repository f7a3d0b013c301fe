package io.kline.tools.bench.peers;

import java.time.Duration;
import java.time.ZoneOffset;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.AggregatePhaseStrategy;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.OptimizerConfigOptions;

/** What both queries ask of Flink SQL. */
final class SqlSettings {

    private SqlSettings() {}

    /** Tables on an environment: two-phase aggregation, times in UTC. */
    static StreamTableEnvironment tables(StreamExecutionEnvironment env) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        TableConfig settings = tables.getConfig();
        settings.setLocalTimeZone(ZoneOffset.UTC);
        settings.set(
                OptimizerConfigOptions.TABLE_OPTIMIZER_AGG_PHASE_STRATEGY,
                AggregatePhaseStrategy.TWO_PHASE);
        return tables;
    }

    /** Aggregates records that wait together, and lets go of old candles. */
    static void miniBatch(StreamTableEnvironment tables, Duration latency, long most) {
        TableConfig settings = tables.getConfig();
        settings.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ENABLED, true);
        settings.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ALLOW_LATENCY, latency);
        settings.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_SIZE, most);
        settings.set(
                ExecutionConfigOptions.IDLE_STATE_RETENTION,
                PeerInput.ALLOWED_LATENESS.plusMinutes(1));
    }
}
