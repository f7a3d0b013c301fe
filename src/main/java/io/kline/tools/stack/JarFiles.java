package io.kline.tools.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Files inside jars of the class path. */
final class JarFiles {

    private JarFiles() {}

    /**
     * Copies all files below a folder of a jar; those in {@code bin} folders become executable.
     *
     * @param known a file that the folder surely holds, by which its jar is found
     */
    static void copyFolder(String folder, String known, Path target) throws IOException {
        URL url = resource(folder + "/" + known);
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            List<JarEntry> files =
                    jar.stream()
                            .filter(e -> !e.isDirectory() && e.getName().startsWith(folder + "/"))
                            .toList();
            for (JarEntry file : files) {
                Path to = target.resolve(file.getName().substring(folder.length() + 1)).normalize();
                Files.createDirectories(to.getParent());
                try (InputStream in = jar.getInputStream(file)) {
                    Files.copy(in, to);
                }
                if (to.getParent().endsWith("bin")) {
                    makeExecutable(to);
                }
            }
        }
    }

    /** Copies one file and makes it executable. */
    static void copyExecutable(String name, Path target) throws IOException {
        try (InputStream in = resource(name).openStream()) {
            Files.copy(in, target);
        }
        makeExecutable(target);
    }

    private static URL resource(String name) throws IOException {
        URL url = JarFiles.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IOException("no jar on the class path holds " + name);
        }
        return url;
    }

    private static void makeExecutable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
