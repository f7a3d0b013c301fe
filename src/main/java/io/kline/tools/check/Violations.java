package io.kline.tools.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Violations: all counted, the first ones kept. */
final class Violations {

    private final int kept;
    private final Places before;
    private final Places places = new Places();
    private final List<Violation> first = new ArrayList<>();
    private final Map<Invariant, Long> counts = new EnumMap<>(Invariant.class);

    /**
     * @param kept how many are kept at most
     */
    Violations(int kept) {
        this(kept, null);
    }

    private Violations(int kept, Places before) {
        this.kept = kept;
        this.before = before;
    }

    /**
     * For the next reading. It reports only what was wrong in this one as well: stores follow the
     * trades one after the other, and what was right once has been checked.
     */
    Violations next() {
        return new Violations(kept, places);
    }

    void add(Violation violation) {
        if (before != null && !before.touch(violation.place())) {
            return;
        }
        places.add(violation.place());
        counts.merge(violation.invariant(), 1L, Long::sum);
        if (first.size() < kept) {
            first.add(violation);
        }
    }

    void addAll(Violations other) {
        other.counts.forEach((invariant, count) -> counts.merge(invariant, count, Long::sum));
        int room = Math.min(kept - first.size(), other.first.size());
        first.addAll(other.first.subList(0, room));
    }

    List<Violation> first() {
        return Collections.unmodifiableList(first);
    }

    long count(Invariant invariant) {
        return counts.getOrDefault(invariant, 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
