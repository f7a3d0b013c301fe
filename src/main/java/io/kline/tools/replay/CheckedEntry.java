package io.kline.tools.replay;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The content of an entry of a zip file, which it closes with itself. It fails at the end if its
 * checksum is not that of the entry, which {@link ZipFile} does not look at.
 */
final class CheckedEntry extends CheckedInputStream {

    private final ZipFile zip;
    private final ZipEntry entry;

    CheckedEntry(ZipFile zip, ZipEntry entry) throws IOException {
        super(zip.getInputStream(entry), new CRC32());
        this.zip = zip;
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        return read < 0 ? end() : read;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        return count < 0 ? end() : count;
    }

    private int end() throws ZipException {
        if (getChecksum().getValue() != entry.getCrc()) {
            throw new ZipException(
                    "the content of '%s' is damaged: its checksum differs"
                            .formatted(FeedException.printable(entry.getName())));
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
