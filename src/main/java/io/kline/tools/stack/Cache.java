package io.kline.tools.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What is made once and used by every later start: unpacked binaries, an empty database.
 *
 * <p>An entry is there completely or not at all, whatever is killed in between, and two processes
 * that want the same one wait for each other. Lives in {@code $KLINE_CACHE}, else {@code
 * $XDG_CACHE_HOME/kline}, else {@code ~/.cache/kline}; deleting it is always safe while no server
 * runs.
 */
final class Cache {

    /** Makes the content of an entry in an existing empty directory. */
    interface Fill {
        void into(Path directory) throws IOException;
    }

    private Cache() {}

    /** The directory of the entry, filled first if it is new. */
    static synchronized Path entry(String name, Fill fill) {
        Path root = root();
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        try {
            Files.createDirectories(root);
            try (FileChannel channel =
                    FileChannel.open(
                            root.resolve(name + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)) {
                channel.lock();
                if (!Files.isDirectory(entry)) {
                    Path half = root.resolve(name + ".part");
                    Directories.delete(half);
                    Files.createDirectory(half);
                    fill.into(half);
                    Files.move(half, entry, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot fill " + entry + ": " + e.getMessage(), e);
        }
    }

    private static Path root() {
        String own = System.getenv("KLINE_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base =
                xdg != null && !xdg.isEmpty()
                        ? Path.of(xdg)
                        : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("kline").toAbsolutePath();
    }
}
