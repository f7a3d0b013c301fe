package io.kline.tools.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
     * @param notes is given what of an archive is left out
     * @throws FeedException if a {@code .zip} does not hold exactly one file, copies aside
     */
    static FeedFile open(Path path, Consumer<String> notes) throws IOException {
        String name = path.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".zip")) {
            return unzip(path, notes);
        }
        if (!lower.endsWith(".gz")) {
            return of(name, Files.newInputStream(path));
        }
        return of(
                name.substring(0, name.length() - ".gz".length()), GzipMembers.open(path, BUFFER));
    }

    private static FeedFile unzip(Path path, Consumer<String> notes) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        try {
            ZipEntry only = only(path, zip, notes);
            return of(baseName(only), new CheckedEntry(zip, only));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static ZipEntry only(Path path, ZipFile zip, Consumer<String> notes) {
        List<? extends ZipEntry> files =
                zip.stream().filter(entry -> !entry.isDirectory() && !isOfSystem(entry)).toList();
        if (files.isEmpty()) {
            throw new FeedException(path + ": holds no file");
        }
        ZipEntry first = files.get(0);
        for (ZipEntry other : files.subList(1, files.size())) {
            if (!isCopy(first, other)) {
                throw new FeedException(
                        "%s: holds %d files, one is expected: %s"
                                .formatted(
                                        path,
                                        files.size(),
                                        files.stream()
                                                .map(
                                                        each ->
                                                                FeedException.printable(
                                                                        each.getName()))
                                                .collect(Collectors.joining(", "))));
            }
            notes.accept(
                    "%s: '%s' is a copy of '%s' and is left out"
                            .formatted(
                                    path,
                                    FeedException.printable(other.getName()),
                                    FeedException.printable(first.getName())));
        }
        if (first.getName().toLowerCase(Locale.ROOT).matches(".*\\.(zip|gz)")) {
            throw new FeedException(
                    "%s: holds an archive again, '%s': unpack it first"
                            .formatted(path, FeedException.printable(first.getName())));
        }
        return first;
    }

    /** What operating systems add to an archive. */
    private static boolean isOfSystem(ZipEntry entry) {
        String name = baseName(entry);
        return ("/" + entry.getName()).contains("/__MACOSX/")
                || name.startsWith("._")
                || name.equals(".DS_Store");
    }

    /** Archives hold the same file again below the path that it was packed from. */
    private static boolean isCopy(ZipEntry one, ZipEntry other) {
        return baseName(one).equals(baseName(other))
                && one.getSize() == other.getSize()
                && one.getCrc() == other.getCrc();
    }

    private static String baseName(ZipEntry entry) {
        return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    }

    private static FeedFile of(String name, InputStream content) {
        return new FeedFile(name, new BufferedInputStream(content, BUFFER));
    }
}
