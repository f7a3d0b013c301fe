package io.kline.tools.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a measured process prints when it has come to a point: {@code MARK warm 1000000}.
 *
 * @param point {@code warm}, or {@code done}
 * @param records how many records it had read
 */
record Mark(String point, long records) {

    static final String WARM = "warm";
    static final String DONE = "done";

    private static final Pattern LINE = Pattern.compile("MARK (warm|done) (\\d+)");

    /** The mark of a line, if it is one. */
    static Optional<Mark> of(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches()
                ? Optional.of(new Mark(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** The line. */
    String line() {
        return "MARK " + point + " " + records;
    }
}
