package io.kline.tools.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the checkpoint or savepoint that a job goes on from. */
public final class SavedState {

    private static final String COMPLETE = "_metadata";

    private SavedState() {}

    /** The newest complete checkpoint or savepoint below a folder. */
    public static Optional<Path> latestIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.endsWith(COMPLETE))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }
}
