package io.kline.tools.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * The folder in which worlds are made, for one run at a time. What an interrupted run leaves behind
 * is ended: by itself if it still can, else by the next one.
 */
final class Ground implements Closeable {

    private static final Set<String> PROGRAMS =
            Set.of("java", "redis-server", "redis-sentinel", "mariadbd", "mysqld");

    private final Path folder;
    private final FileChannel channel;
    private final Thread end = new Thread(this::end, "chaos-end");

    private Ground(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder, which is made.
     *
     * @throws IllegalStateException if another run has it
     */
    static Ground claim(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("another run has " + folder + ": wait for its end");
        }
        Ground ground = new Ground(folder, channel);
        ground.end();
        Runtime.getRuntime().addShutdownHook(ground.end);
        return ground;
    }

    private void end() {
        endProcesses();
        SmallDisk.removeBelow(folder);
    }

    /** Ends all servers and Flink processes whose data are below the folder. */
    private void endProcesses() {
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::isOwn)
                .forEach(ProcessHandle::destroyForcibly);
    }

    private boolean isOwn(ProcessHandle process) {
        String below = folder + "/";
        String program =
                process.info()
                        .command()
                        .map(path -> Path.of(path).getFileName())
                        .orElse(Path.of(""))
                        .toString();
        return PROGRAMS.contains(program)
                && Arrays.stream(process.info().arguments().orElse(new String[0]))
                        .anyMatch(one -> one.startsWith(below) || one.contains("=" + below));
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(end);
        channel.close();
    }
}
