package io.kline.tools.chaos;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Fills the heap of another JVM almost, for a while, so that it does little but collect garbage. It
 * is an agent: this class alone is loaded there.
 */
public final class FullHeap {

    /** Many small objects take a collector longer than few large ones. */
    private static final int OBJECTS_OF_A_BLOCK = 1_000;

    private static final int OBJECT_BYTES = 80;

    /** The part of the heap that is left. */
    private static final int LEFT_OF = 50;

    private FullHeap() {}

    /** Fills the heap of a process for some seconds, and returns at once. */
    static void in(ProcessHandle process, Path folder, Duration time) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            machine.loadAgent(jar(folder).toString(), Long.toString(time.toSeconds()));
        } finally {
            machine.detach();
        }
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

    /** Called in the other JVM, with a number of seconds. */
    public static void agentmain(String seconds) {
        long end = System.nanoTime() + Long.parseLong(seconds) * 1_000_000_000;
        Thread thread = new Thread(() -> fill(end), "full-heap");
        thread.setDaemon(true);
        thread.start();
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
