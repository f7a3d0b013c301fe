package io.kline.tools.replay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The columns of a csv file of trades. */
public enum CsvLayout {
    /** Any symbols, times in ms. */
    KLINE(
            "kline",
            6,
            "symbol",
            "trade_id|id",
            "price",
            "quantity|qty",
            "time_ms|time",
            "is_buyer_maker"),
    /**
     * A trades file of Binance's public data: one symbol, that of the file's name. Times are in ms,
     * of spot trades since 2025 in µs; the last column is there for spot only.
     *
     * @see <a href="https://github.com/binance/binance-public-data">binance-public-data</a>
     */
    TRADES(
            "trades",
            6,
            "id|trade_id",
            "price",
            "qty|quantity",
            "quote_qty|base_qty",
            "time|timestamp",
            "is_buyer_maker",
            "is_best_match"),
    /**
     * An aggTrades file of the same: a row stands for the executions from the first to the last.
     */
    AGGTRADES(
            "aggTrades",
            7,
            "agg_trade_id|aggregate_trade_id",
            "price",
            "quantity|qty",
            "first_trade_id",
            "last_trade_id",
            "transact_time|timestamp|time",
            "is_buyer_maker|was_the_buyer_the_maker",
            "is_best_match|was_the_trade_the_best_price_match");

    private final String text;
    private final int required;
    private final List<List<String>> names;

    /**
     * @param text as people write it
     * @param required how many columns must be there
     * @param names of each column, the usual one first
     */
    CsvLayout(String text, int required, String... names) {
        this.text = text;
        this.required = required;
        this.names = Arrays.stream(names).map(each -> List.of(each.split("\\|"))).toList();
    }

    /** Number of columns, those that may be missing included. */
    int size() {
        return names.size();
    }

    /** Number of columns that must be there. */
    int required() {
        return required;
    }

    /** The usual name of a column. */
    String name(int column) {
        return names.get(column).get(0);
    }

    /** Whether {@code row} names the columns; case, blanks and underscores do not matter. */
    boolean isHeader(List<String> row) {
        if (row.size() < required || row.size() > size()) {
            return false;
        }
        for (int i = 0; i < row.size(); i++) {
            String name = bare(row.get(i));
            if (names.get(i).stream().noneMatch(each -> bare(each).equals(name))) {
                return false;
            }
        }
        return true;
    }

    private static String bare(String name) {
        return name.replaceAll("[_\\s]", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
