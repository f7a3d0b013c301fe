package io.kline.tools.replay;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The content of a trades file, unpacked where its name ends in {@code .gz} or {@code .zip}.
 *
 * @param name file name of the content: without {@code .gz}, of the one file in a {@code .zip}
 * @param content its bytes; supports mark; the caller closes it
 */
record FeedFile(String name, InputStream content) {

    private static final int BUFFER = 1 << 16;

    /**
     * Opens a file.
     *
     * @throws FeedException if a {@code .zip} does not hold exactly one file
     */
    static FeedFile open(Path path) throws IOException {
        String name = path.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".zip")) {
            return unzip(path);
        }
        InputStream file = Files.newInputStream(path);
        if (!lower.endsWith(".gz")) {
            return of(name, file);
        }
        try {
            return of(
                    name.substring(0, name.length() - ".gz".length()),
                    new GZIPInputStream(file, BUFFER));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FeedFile unzip(Path path) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        try {
            List<? extends ZipEntry> files =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            if (files.size() != 1) {
                throw new FeedException(
                        path + ": holds " + files.size() + " files, one is expected");
            }
            ZipEntry only = files.get(0);
            InputStream content =
                    new FilterInputStream(zip.getInputStream(only)) {
                        @Override
                        public void close() throws IOException {
                            zip.close();
                        }
                    };
            return of(only.getName().substring(only.getName().lastIndexOf('/') + 1), content);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static FeedFile of(String name, InputStream content) {
        return new FeedFile(name, new BufferedInputStream(content, BUFFER));
    }
}
