package io.kline.tools.bench.peers;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;

/**
 * Flink SQL: groups by symbol and minute, with a changelog every 333 ms, so that forming candles
 * are seen.
 *
 * <p>Tuned: mini-batches and aggregation in two phases ("Performance tuning", <em>MiniBatch
 * aggregation</em>, <em>Local-global aggregation</em>), a changelog of upserts without the rows
 * before, a time to live for state ("State management"), decimals that fit into a long, object
 * reuse.
 *
 * <p>It differs from ours: one interval, not 15. A duplicate counts twice. No candle is ever
 * closed. State goes 11 minutes of processing time after the last trade of a candle; a later one
 * begins it anew, with that trade alone. Decimals have at most 10 integer and 8 fraction digits.
 * There are no flat candles.
 *
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/table/tuning/">Performance
 *     tuning</a>
 */
final class SqlGroupBy implements Peer {

    /** Records that wait in one subtask at most: memory, and no bound on the way there. */
    private static final long BATCH = 50_000;

    private static final String QUERY =
            """
            SELECT `s`, `T` - MOD(`T`, 60000) AS minute_open, %s
            FROM valid
            GROUP BY `s`, `T` - MOD(`T`, 60000)
            """;

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        String candles = MinuteCandles.newName();
        try (LocalFlink flink = new LocalFlink()) {
            StreamExecutionEnvironment env = flink.environment();
            StreamTableEnvironment tables = SqlSettings.tables(env);
            SqlSettings.miniBatch(tables, PeerInput.MERGE_INTERVAL, BATCH);
            SqlTrades.define(tables, input);
            tables.toChangelogStream(
                            tables.sqlQuery(QUERY.formatted(SqlTrades.AGGREGATES)),
                            Schema.newBuilder().primaryKey("s", "minute_open").build(),
                            ChangelogMode.upsert())
                    .sinkTo(new MinuteCandleSink<>(candles, SqlTrades::candle));
            env.execute("sql-groupby");
        }
        return MinuteCandles.named(candles);
    }
}
