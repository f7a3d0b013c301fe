package io.kline.tools.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A small file system, in memory, over a folder. Only root can have one. */
final class SmallDisk implements Closeable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Puts an empty one over a folder, whose files come back when it is closed.
     *
     * @throws Scenario.ObstacleException if the user may not
     */
    static SmallDisk over(Path folder, long kilobytes)
            throws IOException, InterruptedException, Scenario.ObstacleException {
        if (run("mount", "-t", "tmpfs", "-o", size(kilobytes), "tmpfs", folder.toString()) != 0) {
            throw new Scenario.ObstacleException("only root can mount a small file system");
        }
        return new SmallDisk(folder);
    }

    /** Removes those over folders below one, which an interrupted run has left behind. */
    static void removeBelow(Path folder) {
        Path mounts = Path.of("/proc/mounts");
        if (Files.exists(mounts)) {
            try (Stream<String> lines = Files.lines(mounts)) {
                lines.map(line -> line.split(" ")[1].replace("\\040", " "))
                        .filter(place -> Path.of(place).startsWith(folder))
                        .toList()
                        .forEach(place -> new SmallDisk(Path.of(place)).close());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String size(long kilobytes) {
        return "size=" + kilobytes + "k";
    }

    /** Writes a file that takes all of the space that is left. */
    void fill() throws IOException {
        Path file = folder.resolve("filling");
        byte[] block = new byte[1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (Files.size(file) == 0) {
                throw full;
            }
        }
    }

    /** Gives it another size. */
    void resize(long kilobytes) throws IOException, InterruptedException {
        int code = run("mount", "-o", "remount," + size(kilobytes), folder.toString());
        if (code != 0) {
            throw new IOException("mount cannot make " + folder + " larger: exit code " + code);
        }
    }

    @Override
    public void close() {
        try {
            run("umount", "-l", folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }
}
