package io.kline.tools.replay;

import io.kline.model.Symbol;
import io.kline.tools.replay.CsvRow.BadRowException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a csv file as trade events. Prices and quantities go out exactly as they are written
 * in the file.
 */
final class CsvTrades implements RecordSource {

    private static final Pattern PUBLIC_NAME = Pattern.compile("(.+?)-(?:trades|aggTrades)-.*");

    /** Enough to see every price with its fraction, few enough to keep. */
    private static final int LOOKED_AT = 1_000;

    private final String path;
    private final Timeline timeline;
    private final CsvLines rows;
    private final Queue<CsvLines.Row> read = new ArrayDeque<>();
    private final CsvLayout layout;
    private final String fileSymbol;

    /**
     * @param path what errors call the file
     * @param file the content, closed with this
     * @param given the layout, or null to find it
     * @param symbol of a file that has no column for it; null to take it from the file's name
     * @throws FeedException if the layout or the symbol is not known
     */
    CsvTrades(String path, FeedFile file, CsvLayout given, String symbol, Timeline timeline)
            throws IOException {
        this.path = path;
        this.timeline = timeline;
        this.rows = new CsvLines(file.content());
        for (CsvLines.Row row = rows.next(); row != null; row = rows.next()) {
            read.add(row);
            if (read.size() == LOOKED_AT) {
                break;
            }
        }
        if (read.isEmpty()) {
            layout = CsvLayout.KLINE;
            fileSymbol = null;
            return;
        }
        LayoutChoice choice =
                LayoutChoice.of(path, given, read.stream().map(CsvLines.Row::cells).toList());
        layout = choice.layout();
        if (layout == CsvLayout.KLINE
                && given == null
                && !choice.hasHeader()
                && PUBLIC_NAME.matcher(file.name()).matches()) {
            throw new FeedException(
                    path + ": has the name of a public file, but not its columns: give --layout");
        }
        fileSymbol = fileSymbol(file.name(), symbol);
        if (choice.hasHeader()) {
            read.remove();
        }
    }

    private String fileSymbol(String fileName, String given) {
        if (layout == CsvLayout.KLINE) {
            if (given != null) {
                throw new FeedException(path + ": has a symbol column, --symbol cannot be given");
            }
            return null;
        }
        if (given != null) {
            return given;
        }
        Matcher matcher = PUBLIC_NAME.matcher(fileName);
        if (!matcher.matches() || !Symbol.isValid(matcher.group(1))) {
            throw new FeedException(
                    "%s: no symbol in the name '%s', which is not like BTCUSDT-%s-2025-03-04.csv: give --symbol"
                            .formatted(path, fileName, layout));
        }
        return matcher.group(1);
    }

    @Override
    public FeedLine next() throws IOException {
        CsvLines.Row row = read.isEmpty() ? rows.next() : read.remove();
        if (row == null) {
            return null;
        }
        long line = row.line();
        try {
            CsvTrade trade = new CsvRow(layout, row.cells()).trade();
            String symbol = fileSymbol == null ? trade.symbol() : fileSymbol;
            long position = timeline.take(line, trade.time());
            byte[] event = trade.event(symbol, timeline.shifted(trade.time()));
            return new FeedRecord(line, symbol, event, position);
        } catch (BadRowException e) {
            return new SkippedLine(line, "bad row", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
