package io.kline.tools.chaos;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Fills the heap of another JVM almost, for a while, so that it does little but collect garbage. It
 * is an agent: this class alone is loaded there. It reports how long the garbage was collected.
 */
public final class FullHeap {

    /** Many small objects take a collector longer than few large ones. */
    private static final int OBJECTS_OF_A_BLOCK = 1_000;

    private static final int OBJECT_BYTES = 80;

    /** The part of the heap that is left. */
    private static final int LEFT_OF = 50;

    private static final String REPORT = "full-heap.report";
    private static final String SEPARATOR = ",";

    private FullHeap() {}

    /**
     * Fills the heap of a process for some seconds, and returns at once.
     *
     * @param folder an existing one, for the agent and its report
     */
    static void in(ProcessHandle process, Path folder, Duration time) throws Exception {
        Path report = folder.resolve(REPORT);
        Files.deleteIfExists(report);
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            machine.loadAgent(jar(folder).toString(), time.toSeconds() + SEPARATOR + report);
        } finally {
            machine.detach();
        }
    }

    /** How long garbage was collected while the heap was full; zero if that is not over. */
    static Duration collecting(Path folder) throws IOException {
        Path report = folder.resolve(REPORT);
        return Duration.ofMillis(
                Files.exists(report) ? Long.parseLong(Files.readString(report)) : 0);
    }

    private static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(new Attributes.Name("Agent-Class"), FullHeap.class.getName());
        String name = FullHeap.class.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("full-heap.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = FullHeap.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            code.transferTo(out);
        }
        return jar;
    }

    /** Called in the other JVM, with a number of seconds and the file for the report. */
    public static void agentmain(String arguments) {
        String[] parts = arguments.split(SEPARATOR, 2);
        long end = System.nanoTime() + Long.parseLong(parts[0]) * 1_000_000_000;
        Thread thread = new Thread(() -> run(end, Path.of(parts[1])), "full-heap");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(long end, Path report) {
        long before = collectingMillis();
        fill(end);
        try {
            Path part =
                    Files.writeString(
                            Path.of(report + ".part"), Long.toString(collectingMillis() - before));
            Files.move(part, report, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long collectingMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private static void fill(long end) {
        List<byte[][]> held = new ArrayList<>();
        Runtime runtime = Runtime.getRuntime();
        int next = 0;
        while (System.nanoTime() < end) {
            long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
            try {
                if (left > runtime.maxMemory() / LEFT_OF) {
                    held.add(new byte[OBJECTS_OF_A_BLOCK][OBJECT_BYTES]);
                } else {
                    // What was old is garbage now, all over the heap.
                    held.set(next++ % held.size(), new byte[OBJECTS_OF_A_BLOCK][OBJECT_BYTES]);
                }
            } catch (OutOfMemoryError full) {
                held.subList(0, held.size() / 20).clear();
            }
        }
    }
}
