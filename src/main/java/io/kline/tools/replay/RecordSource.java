package io.kline.tools.replay;

import java.io.Closeable;
import java.io.IOException;

/** Records in the order of their file. */
interface RecordSource extends Closeable {

    /**
     * The next record, or null at the end.
     *
     * @throws FeedException if the file holds something that cannot be sent
     */
    FeedRecord next() throws IOException;
}
