package io.kline.tools.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The records of a trades file, each as the bytes that a replay would send. */
public final class TradeFile implements Closeable {

    private final RecordSource source;

    private TradeFile(RecordSource source) {
        this.source = source;
    }

    /**
     * Opens a file.
     *
     * @param format null to tell it by the file's ending, else by its first byte
     * @throws FeedException if the file is not one of trades
     */
    public static TradeFile open(Path file, Format format) throws IOException {
        FeedFile content = FeedFile.open(file);
        Format actual = format == null ? Format.of(content.name(), content.content()) : format;
        Timeline asRecorded = new Timeline(System::currentTimeMillis, false);
        return new TradeFile(
                actual == Format.CSV
                        ? new CsvTrades(file.toString(), content, null, asRecorded)
                        : new JsonLines(content.content(), asRecorded));
    }

    /**
     * The next record, or null at the end.
     *
     * @throws FeedException if a row is not a trade
     */
    public byte[] next() throws IOException {
        FeedRecord record = source.next();
        return record == null ? null : record.value();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
