package io.kline.tools.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The rows of a csv file. A row never goes over the end of its line, since no cell of a trade does:
 * a quote that is never closed spoils one row, not the rest of the file.
 */
final class CsvLines implements Closeable {

    /**
     * A row.
     *
     * @param line its number in the file, from 1
     * @param cells the texts of its columns
     */
    record Row(long line, List<String> cells) {}

    private final CsvReader.CsvReaderBuilder csv =
            CsvReader.builder().allowExtraFields(true).allowMissingFields(true);

    private final ByteLines lines;
    private Iterator<CsvRecord> ofLine = Collections.emptyIterator();

    /** Closes {@code content} with itself. */
    CsvLines(InputStream content) {
        this.lines = new ByteLines(content);
    }

    /** The next row that is not empty, or null at the end. */
    Row next() throws IOException {
        while (!ofLine.hasNext()) {
            byte[] bytes = lines.next();
            if (bytes == null) {
                return null;
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                ofLine = csv.ofCsvRecord(text).iterator();
                // Reads ahead, and fails here.
                ofLine.hasNext();
            } catch (CsvParseException e) {
                ofLine = Collections.emptyIterator();
                return new Row(lines.number(), List.of(text));
            }
        }
        return new Row(lines.number(), ofLine.next().getFields());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
