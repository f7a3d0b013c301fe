package io.kline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people copy out of {@code docs/operations.md}. */
public final class Documented {

    private static final Path OPERATIONS = Path.of("docs", "operations.md");

    private static final String INDENT = "    ";

    private Documented() {}

    /** The lines of its examples that begin with a text, without their indent. */
    public static List<String> lines(String beginning) throws IOException {
        return examples().stream().filter(line -> line.startsWith(beginning)).toList();
    }

    /** All lines of its examples, without their indent; what a backslash breaks is one line. */
    public static List<String> examples() throws IOException {
        List<String> lines = new ArrayList<>();
        String begun = "";
        for (String line : Files.readAllLines(OPERATIONS)) {
            if (line.startsWith(INDENT)) {
                String whole =
                        begun.isEmpty() ? line.substring(INDENT.length()) : begun + line.strip();
                boolean goesOn = whole.endsWith("\\");
                begun = goesOn ? whole.substring(0, whole.length() - 1) : "";
                if (!goesOn) {
                    lines.add(whole);
                }
            }
        }
        return lines;
    }
}
