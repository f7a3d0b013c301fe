package io.kline.tools.replay;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.kline.model.Symbol;
import io.kline.store.TradeJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a csv file as trade events; the layout is told by the first row. Prices and
 * quantities go out exactly as they are written in the file.
 */
final class CsvTrades implements RecordSource {

    private static final Pattern PUBLIC_NAME = Pattern.compile("(.+?)-trades-.*");

    /** From here on a number is a time in µs: as ms it would be in the year 5138. */
    private static final long MICROS = 100_000_000_000_000L;

    private final String path;
    private final String fileName;
    private final String givenSymbol;
    private final Timeline timeline;
    private final CloseableIterator<CsvRecord> rows;
    private CsvLayout layout;
    private String fileSymbol;

    /**
     * @param path what errors call the file
     * @param file the content, closed with this
     * @param symbol of a file that has no column for it; null to take it from the file's name
     */
    CsvTrades(String path, FeedFile file, String symbol, Timeline timeline) {
        this.path = path;
        this.fileName = file.name();
        this.givenSymbol = symbol;
        this.timeline = timeline;
        InputStream content = file.content();
        this.rows =
                CsvReader.builder()
                        .detectBomHeader(true)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(content)
                        .iterator();
    }

    @Override
    public FeedRecord next() throws IOException {
        CsvRecord row = row();
        if (row == null) {
            return null;
        }
        if (layout == null) {
            layout = CsvLayout.of(row.getFields());
            fileSymbol = fileSymbol();
            if (layout.isHeader(row.getFields())) {
                return next();
            }
        }
        return trade(row);
    }

    private CsvRecord row() throws IOException {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException e) {
            throw new FeedException(path + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String fileSymbol() {
        if (layout == CsvLayout.KLINE) {
            if (givenSymbol != null) {
                throw new FeedException(path + ": has a symbol column, --symbol cannot be given");
            }
            return null;
        }
        if (givenSymbol != null) {
            return givenSymbol;
        }
        Matcher matcher = PUBLIC_NAME.matcher(fileName);
        if (!matcher.matches() || !Symbol.isValid(matcher.group(1))) {
            throw new FeedException(
                    path
                            + ": no symbol in the name '"
                            + fileName
                            + "', which is not like BTCUSDT-trades-2025-03-04.csv: give --symbol");
        }
        return matcher.group(1);
    }

    private FeedRecord trade(CsvRecord row) {
        if (row.getFieldCount() > layout.columns.size()) {
            throw new FeedException(
                    "%s, line %d: %d columns, at most %d are expected"
                            .formatted(
                                    path,
                                    row.getStartingLineNumber(),
                                    row.getFieldCount(),
                                    layout.columns.size()));
        }
        String symbol = fileSymbol == null ? symbol(row) : fileSymbol;
        long id = number(row, layout.id, "a trade id");
        String price = decimal(row, layout.price);
        String quantity = decimal(row, layout.quantity);
        long recorded = time(row);
        boolean buyerIsMaker = flag(row, CsvLayout.BUYER_IS_MAKER);
        long known = timeline.recorded(recorded);
        long time = timeline.shifted(recorded);
        byte[] event = TradeJson.write(symbol, id, price, quantity, time, buyerIsMaker, time);
        return new FeedRecord(symbol, event, known);
    }

    private String symbol(CsvRecord row) {
        String text = field(row, 0);
        if (!Symbol.isValid(text)) {
            throw bad(row, 0, "is not a symbol");
        }
        return text;
    }

    private String decimal(CsvRecord row, int column) {
        String text = field(row, column);
        try {
            new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw bad(row, column, "is not a decimal number");
        }
        return text;
    }

    private long time(CsvRecord row) {
        long time = number(row, CsvLayout.TIME, "a time");
        if (time < MICROS) {
            return time;
        }
        if (layout == CsvLayout.KLINE) {
            throw bad(row, CsvLayout.TIME, "is not a time in ms");
        }
        return time / 1000;
    }

    private long number(CsvRecord row, int column, String what) {
        try {
            long number = Long.parseLong(field(row, column));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(row, column, "is not " + what);
        }
        throw bad(row, column, "is not " + what);
    }

    private boolean flag(CsvRecord row, int column) {
        String text = field(row, column);
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw bad(row, column, "is neither true nor false");
    }

    private String field(CsvRecord row, int column) {
        if (column >= row.getFieldCount()) {
            throw new FeedException(place(row, column) + ": missing");
        }
        return row.getField(column);
    }

    private FeedException bad(CsvRecord row, int column, String what) {
        // Whatever is in the file must not steer the terminal.
        String text = row.getField(column).replaceAll("\\p{C}", "?");
        return new FeedException(place(row, column) + ": '" + text + "' " + what);
    }

    private String place(CsvRecord row, int column) {
        return "%s, line %d, column %d (%s)"
                .formatted(
                        path, row.getStartingLineNumber(), column + 1, layout.columns.get(column));
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
