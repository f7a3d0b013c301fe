package io.kline.tools.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream as bytes. A line ends at LF, which is not part of it, or at the end of the
 * stream; every other byte, CR too, is content.
 */
final class ByteLines implements Closeable {

    /** What some programs put in front of UTF-8; no part of the first line. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

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
        byte[] bytes = line.toByteArray();
        boolean isMarked = number == 1 && Arrays.mismatch(bytes, MARK) == MARK.length;
        return isMarked ? Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
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
