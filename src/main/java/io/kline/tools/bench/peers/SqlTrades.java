package io.kline.tools.bench.peers;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * The topic of trades as a table of Flink SQL, and the aggregates of a candle.
 *
 * <p>Decimals have 8 fraction digits, as those of Binance, and 18 digits in all: up to that many
 * Flink computes with a long.
 *
 * <p>FIRST_VALUE and LAST_VALUE go by arrival, and cannot be merged, so there would be no local
 * aggregation with them. Here time, id and price are one text of fixed widths before the price: its
 * least and its greatest value are the first and the last trade by (time, id).
 */
final class SqlTrades {

    /** Columns of the view that both queries read. */
    static final String VIEW = "valid";

    /** Aggregates of a candle, open to count first, in the order of {@link MinuteCandle}. */
    static final String AGGREGATES =
            """
            CAST(SUBSTRING(MIN(place), 33) AS DECIMAL(18, 8)),
            MAX(price),
            MIN(price),
            CAST(SUBSTRING(MAX(place), 33) AS DECIMAL(18, 8)),
            SUM(quantity),
            COUNT(*),
            SUM(quote),
            SUM(quantity) FILTER (WHERE NOT m),
            SUM(quote) FILTER (WHERE NOT m),
            SUBSTRING(MIN(place), 1, 32),
            SUBSTRING(MAX(place), 1, 32)
            """;

    private static final String TABLE =
            """
            CREATE TEMPORARY TABLE trades (
              `e` STRING,
              `s` STRING,
              `t` BIGINT,
              `p` STRING,
              `q` STRING,
              `T` BIGINT,
              `m` BOOLEAN,
              `ts` AS TO_TIMESTAMP_LTZ(`T`, 3),
              WATERMARK FOR `ts` AS `ts` - INTERVAL '1' SECOND
            ) WITH (
              'connector' = 'kafka',
              'topic' = '%s',
              'properties.bootstrap.servers' = '%s',
              'properties.group.id' = 'sql',
              'properties.interceptor.classes' = '%s',
              'scan.startup.mode' = 'earliest-offset',
              'scan.bounded.mode' = 'latest-offset',
              'format' = 'json',
              'json.ignore-parse-errors' = 'true'
            )
            """;

    private static final String VALID =
            """
            CREATE TEMPORARY VIEW valid AS
            SELECT
              COALESCE(`s`, '') AS `s`, COALESCE(`T`, 0) AS `T`, `ts`, `m`, price, quantity, price * quantity AS quote,
              CONCAT(
                CAST(`T` AS STRING),
                CAST(1000000000000000000 + `t` AS STRING),
                `p`) AS place
            FROM (
              SELECT
                `e`, `s`, `t`, `p`, `T`, `ts`, `m`,
                TRY_CAST(`p` AS DECIMAL(18, 8)) AS price,
                TRY_CAST(`q` AS DECIMAL(18, 8)) AS quantity
              FROM trades)
            WHERE `e` = 'trade' AND `s` IS NOT NULL AND `t` >= 0 AND `T` > 0 AND `m` IS NOT NULL
              AND price > 0 AND quantity > 0
            """;

    private SqlTrades() {}

    /** Defines table and view. */
    static void define(StreamTableEnvironment tables, PeerInput input) {
        tables.executeSql(
                TABLE.formatted(input.topic(), input.bootstrap(), RecordsRead.class.getName()));
        tables.executeSql(VALID);
    }

    /**
     * The candle of a row of a changelog: symbol, open time (ms, or a time in UTC), and {@link
     * #AGGREGATES}.
     */
    static MinuteCandle candle(Row row) {
        if (row.getKind() != RowKind.INSERT && row.getKind() != RowKind.UPDATE_AFTER) {
            return null;
        }
        return new MinuteCandle(
                (String) row.getField(0),
                openTime(row.getField(1)),
                (BigDecimal) row.getField(2),
                (BigDecimal) row.getField(3),
                (BigDecimal) row.getField(4),
                (BigDecimal) row.getField(5),
                (BigDecimal) row.getField(6),
                (Long) row.getField(7));
    }

    private static long openTime(Object column) {
        return column instanceof LocalDateTime time
                ? time.toInstant(ZoneOffset.UTC).toEpochMilli()
                : (Long) column;
    }
}
