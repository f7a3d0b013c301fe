package io.kline.tools.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file as records, whatever is in them: trades, other events, garbage. Their bytes
 * are untouched, except for the times {@code T} and {@code E} where the timeline shifts them.
 *
 * <p>Recordings: of an envelope <code>{"stream":…,"data":{…}}</code> the object inside is the
 * record, and events other than trades are skipped. A local time in front of an object is left out.
 */
final class JsonLines implements RecordSource {

    /** Longest local time in front of an object, in bytes. */
    static final int LONGEST_PREFIX = 48;

    private static final String OF_TIMES = "0123456789-+:.,;TZ/[]| \t";

    private final ByteLines lines;
    private final Timeline timeline;

    /** Closes {@code content} with itself. */
    JsonLines(InputStream content, Timeline timeline) {
        this.lines = new ByteLines(content);
        this.timeline = timeline;
    }

    /** Index of the object of a line, behind a local time where it has one; -1 if it is not one. */
    static int objectStart(byte[] line) {
        for (int i = 0; i < line.length && i <= LONGEST_PREFIX; i++) {
            if (line[i] == '{') {
                return i;
            }
            if (OF_TIMES.indexOf(line[i]) < 0) {
                return -1;
            }
        }
        return -1;
    }

    @Override
    public FeedLine next() throws IOException {
        byte[] line = lines.next();
        if (line == null) {
            return null;
        }
        int start = objectStart(line);
        // Blanks are no time: they are JSON, and stay.
        if (start > 0 && !new String(line, 0, start, US_ASCII).isBlank()) {
            byte[] object = Arrays.copyOfRange(line, start, line.length);
            TradeLine read = TradeLine.of(object);
            if (read.isObject()) {
                return line(object, read);
            }
        }
        return line(line, TradeLine.of(line));
    }

    private FeedLine line(byte[] line, TradeLine read) {
        if (!read.isEnvelope()) {
            return record(line, read);
        }
        byte[] inside = Arrays.copyOfRange(line, read.data().from(), read.data().to());
        TradeLine event = TradeLine.of(inside);
        return event.isTrade()
                ? record(inside, event)
                : new SkippedLine(lines.number(), "stream " + kind(read.stream()), "no trade");
    }

    /** What a stream is of: {@code depth20} of {@code btcusdt@depth20}. */
    private static String kind(String stream) {
        return stream.startsWith("!") ? stream : stream.substring(stream.indexOf('@') + 1);
    }

    private FeedRecord record(byte[] line, TradeLine trade) {
        long position =
                trade.time() == null
                        ? Timeline.UNKNOWN
                        : timeline.take(lines.number(), trade.time().value());
        byte[] value = timeline.shifts() ? trade.withTimes(line, timeline::shifted) : line;
        return new FeedRecord(lines.number(), trade.symbol(), value, position);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
