package io.kline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A program of a Redis server. */
public enum RedisBinary {
    /** Version 6.2, carried by a dependency. */
    EMBEDDED,
    /** The one of this machine, version 7 or later. */
    SYSTEM;

    private static final File EXTRACTED = extract();

    /** Its file. Where there is none the test is skipped, but in CI it fails. */
    String path() {
        if (this == EMBEDDED) {
            return EXTRACTED.getPath();
        }
        File found =
                Stream.of(System.getenv("PATH").split(":"))
                        .map(folder -> new File(folder, "redis-server"))
                        .filter(File::canExecute)
                        .findFirst()
                        .orElse(null);
        if (found == null && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no redis-server is installed");
        }
        assumeTrue(found != null, "no redis-server is installed");
        return found.getPath();
    }

    private static File extract() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
