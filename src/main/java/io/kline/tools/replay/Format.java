package io.kline.tools.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** What a trades file consists of. */
public enum Format {
    /** Rows of one of the {@link CsvLayout}s. */
    CSV,
    /** Lines of {@link JsonLines}. */
    JSON;

    /**
     * The format by the ending of {@code name}, else by the first bytes of {@code content}.
     *
     * @param content supports mark; what is read is put back
     */
    static Format of(String name, InputStream content) throws IOException {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv")) {
            return CSV;
        }
        if (lower.endsWith(".json") || lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
            return JSON;
        }
        content.mark(JsonLines.LONGEST_PREFIX + 1);
        byte[] first = content.readNBytes(JsonLines.LONGEST_PREFIX + 1);
        content.reset();
        return JsonLines.objectStart(first) >= 0 ? JSON : CSV;
    }
}
