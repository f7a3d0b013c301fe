package io.kline.tools.replay;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a file as records, whatever is in them: trades, other events, garbage. Their bytes
 * are untouched, except for the times {@code T} and {@code E} where the timeline shifts them.
 */
final class JsonLines implements RecordSource {

    private final ByteLines lines;
    private final Timeline timeline;

    /** Closes {@code content} with itself. */
    JsonLines(InputStream content, Timeline timeline) {
        this.lines = new ByteLines(content);
        this.timeline = timeline;
    }

    @Override
    public FeedRecord next() throws IOException {
        byte[] line = lines.next();
        if (line == null) {
            return null;
        }
        TradeLine trade = TradeLine.of(line);
        long time =
                trade.time() == null ? Timeline.UNKNOWN : timeline.recorded(trade.time().value());
        byte[] value = timeline.shifts() ? trade.withTimes(line, timeline::shifted) : line;
        return new FeedRecord(trade.symbol(), value, time);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
