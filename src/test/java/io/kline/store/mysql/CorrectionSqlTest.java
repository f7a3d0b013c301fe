package io.kline.store.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.CandleKey;
import io.kline.store.mysql.CorrectionLedger.Entry;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Conditions on several rows are grouped so that each group is a range of the primary key. */
class CorrectionSqlTest {

    private static final CandleKey A = new CandleKey("A", "1m", 0);

    @Test
    void candlesBySymbolAndInterval() {
        TreeSet<CandleKey> keys =
                new TreeSet<>(
                        List.of(
                                new CandleKey("B", "1m", 0),
                                A,
                                A.at(60_000),
                                new CandleKey("A", "3m", 0)));
        assertThat(KlineSelect.byKeyForUpdate(keys))
                .endsWith(
                        " FROM kline WHERE"
                                + " (symbol = ? AND interval_code = ? AND open_time IN (?, ?)) OR"
                                + " (symbol = ? AND interval_code = ? AND open_time IN (?)) OR"
                                + " (symbol = ? AND interval_code = ? AND open_time IN (?))"
                                + " FOR UPDATE");
    }

    @Test
    void entriesOfOneIntervalAreARangeOfThePrimaryKey() {
        assertThat(CorrectionLedger.range(true, false))
                .contains(
                        " WHERE symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                                + " ORDER BY open_time, interval_code");
        assertThat(CorrectionLedger.range(false, true))
                .contains(
                        " WHERE symbol = ? AND open_time BETWEEN ? AND ?"
                                + " ORDER BY open_time DESC, interval_code DESC");
    }

    @Test
    void executionsByCandle() {
        TreeSet<CandleKey> keys = new TreeSet<>(List.of(A, A.at(60_000)));
        assertThat(CorrectionLedger.sum(keys))
                .endsWith(
                        " FROM kline_correction WHERE"
                                + " (symbol = ? AND interval_code = ? AND open_time IN (?, ?))"
                                + " GROUP BY symbol, interval_code, open_time");
    }

    @Test
    void ledgerEntriesByCandle() {
        TreeSet<Entry> entries =
                new TreeSet<>(List.of(new Entry(A.at(1), 1), new Entry(A, 7), new Entry(A, 3)));
        assertThat(CorrectionLedger.select(entries))
                .endsWith(
                        " FROM kline_correction WHERE"
                                + " (symbol = ? AND interval_code = ? AND open_time = ? AND trade_id IN (?, ?)) OR"
                                + " (symbol = ? AND interval_code = ? AND open_time = ? AND trade_id IN (?))");
    }
}
