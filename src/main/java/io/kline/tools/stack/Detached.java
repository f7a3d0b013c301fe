package io.kline.tools.stack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Command prefix that makes a program the leader of a new session, out of a terminal's reach. */
final class Detached {

    private Detached() {}

    static List<String> prefix() {
        // Both replace themselves by the program, so its process id is the launched one.
        return onPath("setsid")
                ? List.of("setsid")
                : List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV", "--");
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
