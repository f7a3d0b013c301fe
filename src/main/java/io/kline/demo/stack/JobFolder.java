package io.kline.demo.stack;

import java.nio.file.Path;

/** Where local jobs keep their checkpoints: beside the servers' data, whose offsets they hold. */
public final class JobFolder {

    private JobFolder() {}

    /** The folder below a stack's directory. */
    public static Path in(Path stack) {
        return stack.resolve("jobs");
    }
}
