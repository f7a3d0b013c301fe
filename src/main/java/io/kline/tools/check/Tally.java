package io.kline.tools.check;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many records were set aside, by reason. */
final class Tally {

    private final Map<SetAside, Long> counts = new EnumMap<>(SetAside.class);

    void add(SetAside reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    void addAll(Tally other) {
        other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Such as {@code 3 (2 duplicate, 1 zero)}. */
    String text() {
        String reasons =
                counts.entrySet().stream()
                        .map(one -> number(one.getValue()) + " " + one.getKey().code)
                        .collect(Collectors.joining(", "));
        return number(total()) + (reasons.isEmpty() ? "" : " (" + reasons + ")");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
