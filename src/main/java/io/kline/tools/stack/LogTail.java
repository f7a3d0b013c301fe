package io.kline.tools.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log file. */
final class LogTail {

    private static final int LIMIT = 2_000;

    private LogTail() {}

    /** What was written from {@code offset} on, of that the last 2,000 bytes. */
    static String since(Path log, long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(Math.min(offset, file.length()), file.length() - LIMIT);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
