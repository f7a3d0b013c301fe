package io.kline.tools.replay;

import io.kline.model.Symbol;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of a csv file, seen by a layout.
 *
 * @param layout the columns it is expected to have
 * @param cells the texts it has
 */
record CsvRow(CsvLayout layout, List<String> cells) {

    /** From here on a number is a time in µs: as ms it would be in the year 5138. */
    private static final long MICROS = 100_000_000_000_000L;

    /** How far a total may be from price times quantity, for it is rounded. */
    private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

    /** No price, quantity or total has more digits: the work with them stays small. */
    private static final int MOST_DIGITS = 100;

    /** A row that does not fit its layout. */
    static final class BadRowException extends Exception {

        private static final long serialVersionUID = 1;

        private BadRowException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * The trade of the row.
     *
     * @throws BadRowException if a cell is not what its column holds; the message names it
     */
    CsvTrade trade() throws BadRowException {
        if (cells.size() > layout.size()) {
            throw new BadRowException(
                    cells.size() + " columns, at most " + layout.size() + " are expected");
        }
        boolean hasSymbol = layout == CsvLayout.KLINE;
        int idColumn = hasSymbol ? 1 : 0;
        String symbol = hasSymbol ? symbol(0) : null;
        long id = id(idColumn);
        BigDecimal price = decimal(idColumn + 1);
        BigDecimal quantity = decimal(idColumn + 2);
        CsvTrade.Executions executions =
                layout == CsvLayout.AGGTRADES ? new CsvTrade.Executions(id(3), id(4)) : null;
        long time = time(layout.required() - 2);
        boolean buyerIsMaker = flag(layout.required() - 1);
        // A row of nothing has no executions: its ids are -1.
        boolean isNothing = price.signum() == 0 || quantity.signum() == 0;
        if (id < 0 && !isNothing) {
            throw bad(idColumn, "is not a trade id");
        }
        return new CsvTrade(
                symbol,
                id,
                executions,
                cells.get(idColumn + 1),
                cells.get(idColumn + 2),
                time,
                buyerIsMaker);
    }

    /**
     * Checks all columns, those that a trade does not need included.
     *
     * @throws BadRowException if one is not what the layout says
     */
    void check() throws BadRowException {
        trade();
        for (int i = layout.required(); i < cells.size(); i++) {
            flag(i);
        }
        if (layout == CsvLayout.TRADES && !isTotal(decimal(1), decimal(2), decimal(3))) {
            throw bad(3, "is not the total of price and quantity");
        }
        if (layout == CsvLayout.AGGTRADES && id(4) < id(3)) {
            throw bad(4, "is before the first trade id");
        }
    }

    /** Of the quote, or of the base where the quantity is contracts of 1, 10 or 100 quote units. */
    private static boolean isTotal(BigDecimal price, BigDecimal quantity, BigDecimal total) {
        if (Stream.of(price, quantity, total).anyMatch(CsvRow::isOutOfReach)) {
            return false;
        }
        BigDecimal quote = price.multiply(quantity);
        return isNear(quote, total, total.ulp())
                || Stream.of(0, 1, 2)
                        .anyMatch(
                                zeros ->
                                        isNear(
                                                quantity.scaleByPowerOfTen(zeros),
                                                total.multiply(price),
                                                total.ulp().multiply(price)));
    }

    private static boolean isOutOfReach(BigDecimal number) {
        return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS;
    }

    private static boolean isNear(BigDecimal exact, BigDecimal rounded, BigDecimal step) {
        BigDecimal slack = step.max(exact.abs().multiply(ROUNDING));
        return exact.subtract(rounded).abs().compareTo(slack) <= 0;
    }

    private String symbol(int column) throws BadRowException {
        String text = cell(column);
        if (!Symbol.isValid(text)) {
            throw bad(column, "is not a symbol");
        }
        return text;
    }

    private BigDecimal decimal(int column) throws BadRowException {
        try {
            return new BigDecimal(cell(column));
        } catch (NumberFormatException e) {
            throw bad(column, "is not a decimal number");
        }
    }

    private long id(int column) throws BadRowException {
        return number(column, -1, "a trade id");
    }

    private long time(int column) throws BadRowException {
        long time = number(column, 0, "a time");
        if (time < MICROS) {
            return time;
        }
        if (layout == CsvLayout.KLINE) {
            throw bad(column, "is not a time in ms");
        }
        return time / 1000;
    }

    private long number(int column, long least, String what) throws BadRowException {
        String text = cell(column);
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(column, "is not " + what);
        }
        throw bad(column, "is not " + what);
    }

    private boolean flag(int column) throws BadRowException {
        String text = cell(column);
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw bad(column, "is neither true nor false");
    }

    private String cell(int column) throws BadRowException {
        if (column >= cells.size()) {
            throw new BadRowException(place(column) + ": missing");
        }
        return cells.get(column);
    }

    private BadRowException bad(int column, String what) {
        return new BadRowException(place(column) + ": '" + cells.get(column) + "' " + what);
    }

    private String place(int column) {
        return "column " + (column + 1) + " (" + layout.name(column) + ")";
    }
}
