package io.kline.tools.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a stream as bytes. A line ends at LF, which is not part of it, or at the end of the
 * stream; every other byte, CR too, is content.
 */
final class ByteLines implements Closeable {

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long number;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null at the end. */
    byte[] next() throws IOException {
        if (!fill()) {
            return null;
        }
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(192);
        do {
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, start, position - start);
            if (position < limit) {
                position++;
                break;
            }
        } while (fill());
        return line.toByteArray();
    }

    /** Number of the line that was returned last, from 1. */
    long number() {
        return number;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer));
        }
        return position < limit;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
