package io.kline.tools.replay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * All members of a gzip file. The JDK's stream takes a broken member behind the first one for the
 * end; this one fails there.
 */
final class GzipMembers extends GZIPInputStream {

    /** Checksum and length at the end of a member. */
    private static final int TRAILER = 8;

    private final FileChannel file;
    private long filledTo;

    private GzipMembers(FileChannel file, int buffer) throws IOException {
        super(Channels.newInputStream(file), buffer);
        this.file = file;
    }

    static GzipMembers open(Path path, int buffer) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new GzipMembers(file, buffer);
        } catch (EOFException e) {
            file.close();
            throw new ZipException("not in gzip format");
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filledTo = file.position();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        if (count < 0) {
            long end = filledTo - inf.getRemaining() + TRAILER;
            if (end < file.size()) {
                throw new ZipException(
                        "%d bytes behind byte %d are not in gzip format"
                                .formatted(file.size() - end, end));
            }
        }
        return count;
    }
}
