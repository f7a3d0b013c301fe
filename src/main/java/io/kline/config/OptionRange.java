package io.kline.config;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The least and the most that a number or a duration may be. It is written once, as the label of
 * the option, such as {@code 10ms..10s}: the help text shows it, and values are checked against it.
 */
public record OptionRange(String least, String most) {

    private static final String SEPARATOR = "..";

    /** The range of an option, or nothing if its value is neither number nor duration. */
    public static Optional<OptionRange> of(OptionSpec option) {
        String label = option.paramLabel();
        int separator = label.indexOf(SEPARATOR);
        return separator < 0
                ? Optional.empty()
                : Optional.of(
                        new OptionRange(
                                label.substring(0, separator),
                                label.substring(separator + SEPARATOR.length())));
    }

    /**
     * @throws ConfigException naming key, range and value if the value of the option is outside
     */
    static void check(OptionSpec option) {
        of(option).ifPresent(range -> range.check(OptionsReader.key(option), option.getValue()));
    }

    private void check(String key, Object value) {
        if (value instanceof Duration duration) {
            check(key, DurationText.parse(least), DurationText.parse(most), duration);
        } else {
            check(key, Integer.valueOf(least), Integer.valueOf(most), (Integer) value);
        }
    }

    private static <T extends Comparable<T>> void check(String key, T least, T most, T value) {
        ConfigException.require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be from %s to %s, not %s".formatted(key, least, most, value));
    }

    /** As documents write it. */
    @Override
    public String toString() {
        return least + " to " + most;
    }
}
