package io.kline.tools.bench.peers;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Flink SQL: a window of one minute by the table function TUMBLE. Each candle comes out once, when
 * the watermark has passed its end.
 *
 * <p>Tuned: aggregation in two phases ("Performance tuning", <em>Local-global aggregation</em>),
 * the window function instead of the older group window ("Window aggregation"), decimals that fit
 * into a long, object reuse.
 *
 * <p>It differs from ours: one interval, not 15. Nothing is seen of a candle before it ends. A
 * window takes no trade behind the watermark, so late ones are lost. A duplicate counts twice. A
 * trade of the future moves the watermark. Decimals have at most 10 integer and 8 fraction digits.
 * There are no flat candles.
 *
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/table/tuning/">Performance
 *     tuning</a>
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/table/sql/queries/window-agg/">Window
 *     aggregation</a>
 */
final class SqlTumble implements Peer {

    private static final String QUERY =
            """
            SELECT `s`, window_start, %s
            FROM TUMBLE(TABLE valid, DESCRIPTOR(`ts`), INTERVAL '1' MINUTE)
            GROUP BY `s`, window_start, window_end
            """;

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        String candles = MinuteCandles.newName();
        try (LocalFlink flink = new LocalFlink()) {
            StreamExecutionEnvironment env = flink.environment();
            StreamTableEnvironment tables = SqlSettings.tables(env);
            SqlTrades.define(tables, input);
            tables.toDataStream(tables.sqlQuery(QUERY.formatted(SqlTrades.AGGREGATES)))
                    .sinkTo(new MinuteCandleSink<>(candles, SqlTrades::candle));
            env.execute("sql-tumble");
        }
        return MinuteCandles.named(candles);
    }
}
