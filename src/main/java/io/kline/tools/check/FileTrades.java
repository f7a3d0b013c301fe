package io.kline.tools.check;

import io.kline.tools.replay.Format;
import io.kline.tools.replay.TradeFile;
import java.io.IOException;
import java.nio.file.Path;

/** The trades of a file; they do not become more. */
final class FileTrades implements TradeSource {

    private final Path file;
    private final Format format;
    private final long maxFuture;
    private boolean read;

    /**
     * @param format null to tell it by the file
     * @param maxFuture how far ahead of now a trade may be, ms
     */
    FileTrades(Path file, Format format, long maxFuture) {
        this.file = file;
        this.format = format;
        this.maxFuture = maxFuture;
    }

    @Override
    public void readTo(TradeSpool spool) throws IOException {
        if (read) {
            return;
        }
        long latest = System.currentTimeMillis() + maxFuture;
        try (TradeFile records = TradeFile.open(file, format)) {
            for (byte[] record = records.next(); record != null; record = records.next()) {
                spool.add(record, latest);
            }
        }
        read = true;
    }

    @Override
    public void close() {}
}
