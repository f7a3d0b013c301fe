package io.kline.tools.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The longest pause between fresh candles, as a whole and in each phase of an upgrade. */
final class Phases {

    private final Freshness freshness;
    private final Map<String, Long> pauses = new LinkedHashMap<>();

    Phases(Freshness freshness) {
        this.freshness = freshness;
    }

    /** Ends the phase that goes on, and begins the next one. */
    void end(String phase) {
        pauses.put(phase, freshness.nextPhase().toMillis());
    }

    /** The longest pause of the phases that have ended. */
    Duration longest() {
        return Duration.ofMillis(Collections.max(pauses.values()));
    }

    @Override
    public String toString() {
        return Collections.max(pauses.values())
                + " ms ("
                + pauses.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
