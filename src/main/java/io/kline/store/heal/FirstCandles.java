package io.kline.store.heal;

import java.util.HashMap;
import java.util.Map;

/**
 * The series of which Redis has the first candle that is stored: young ones, and those of long
 * intervals. MySQL is not asked about them at each look. What somebody stores before them later is
 * found when this is forgotten.
 */
final class FirstCandles {

    /** An hour, at the usual interval of looks. */
    private static final int LOOKS = 60;

    private final Map<Series, Long> opens = new HashMap<>();
    private int looks;

    private record Series(String symbol, String interval) {}

    void beginLook() {
        if (looks++ % LOOKS == 0) {
            opens.clear();
        }
    }

    /** Whether nothing was stored before the oldest kline of a history. */
    boolean isFirst(String symbol, HeldHistory history) {
        Long open = opens.get(series(symbol, history));
        return open != null && open == history.oldest();
    }

    void remember(String symbol, HeldHistory history) {
        opens.put(series(symbol, history), history.oldest());
    }

    private static Series series(String symbol, HeldHistory history) {
        return new Series(symbol, history.interval().code());
    }
}
