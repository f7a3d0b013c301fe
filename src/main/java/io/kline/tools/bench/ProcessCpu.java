package io.kline.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time of processes, all threads, of user and system, s; in steps of 10 ms. */
final class ProcessCpu {

    private ProcessCpu() {}

    /** Of one process, children not included; 0 if it has ended. */
    static double of(long pid) {
        try {
            return seconds(Files.readString(Path.of("/proc/" + pid + "/stat")));
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Of those threads of a process that live, and whose names begin so.
     *
     * @param names beginnings, at most 15 characters: the system keeps no more
     */
    static double ofThreads(long pid, List<String> names) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.mapToDouble(thread -> ofThread(thread, names)).sum();
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double ofThread(Path thread, List<String> names) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1);
            return names.stream().anyMatch(name::startsWith) ? seconds(stat) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Of a process and all that it has started. */
    static double ofTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToDouble(process -> of(process.pid()))
                .sum();
    }

    /**
     * @param stat text of {@code /proc/PID/stat}
     */
    static double seconds(String stat) {
        // The name of the program may have blanks and brackets inside.
        String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(behindName[11]) + Long.parseLong(behindName[12]))
                / ForeignLoad.TICKS;
    }
}
