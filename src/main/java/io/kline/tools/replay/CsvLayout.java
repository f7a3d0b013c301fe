package io.kline.tools.replay;

import java.util.List;
import java.util.Locale;

/** The columns of a csv file of trades. */
enum CsvLayout {
    /** Any symbols, times in ms. */
    KLINE(List.of("symbol", "trade_id", "price", "quantity", "time_ms", "is_buyer_maker"), 1, 2, 3),
    /**
     * A trades file of Binance's public data: one symbol, told by the file's name. Times are in ms,
     * of spot trades since 2025 in µs; the last column is there for spot only.
     *
     * @see <a href="https://github.com/binance/binance-public-data">binance-public-data</a>
     */
    BINANCE(
            List.of("id", "price", "qty", "quoteQty", "time", "isBuyerMaker", "isBestMatch"),
            0,
            1,
            2);

    /** Column of the time in every layout. */
    static final int TIME = 4;

    /** Column of the maker flag in every layout, the last that must be there. */
    static final int BUYER_IS_MAKER = 5;

    /** Names of the columns, those that may be missing included. */
    final List<String> columns;

    final int id;
    final int price;
    final int quantity;

    CsvLayout(List<String> columns, int id, int price, int quantity) {
        this.columns = columns;
        this.id = id;
        this.price = price;
        this.quantity = quantity;
    }

    /** The layout of a file whose first row, header or trade, is {@code row}. */
    static CsvLayout of(List<String> row) {
        boolean idFirst = row.get(0).matches("[0-9]+");
        return idFirst || BINANCE.isHeader(row) ? BINANCE : KLINE;
    }

    /** Whether {@code row} names the columns; the case and underscores do not matter. */
    boolean isHeader(List<String> row) {
        return row.size() > BUYER_IS_MAKER
                && row.size() <= columns.size()
                && bare(row).equals(bare(columns.subList(0, row.size())));
    }

    private static List<String> bare(List<String> names) {
        return names.stream().map(name -> name.replace("_", "").toLowerCase(Locale.ROOT)).toList();
    }
}
