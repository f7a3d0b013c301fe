package io.kline.tools.replay;

import java.io.Closeable;
import java.io.IOException;

/** The lines of a file in their order. */
public interface RecordSource extends Closeable {

    /** Opens a file. */
    interface Opening {
        RecordSource open() throws IOException;
    }

    /**
     * The next line, or null at the end.
     *
     * @throws FeedException if the file cannot be read any further
     */
    FeedLine next() throws IOException;
}
