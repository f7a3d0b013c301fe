package io.kline.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Issues candles again that a store may have lost: after a restore all that are remembered, and the
 * latest ones from time to time. Spread, so that nothing else waits.
 */
final class Reissue {

    /** Between two parts of a round other work gets its turn, ms. */
    private static final long PAUSE = 50;

    /** A part is not longer, ms: with very many symbols a round takes more parts. */
    private static final long LONGEST_PART = 50;

    /** A round over all symbols takes so many pauses, at least: three seconds. */
    private static final int PARTS = 60;

    private final long interval;
    private final LiveSymbols symbols;
    private final ProcessingTimeService time;
    private final MonotonicClock elapsed;
    private final Queue<LiveSymbol> waiting = new ArrayDeque<>();
    private int part;
    private boolean isFirst;

    /**
     * @param interval time between two rounds over the latest candles, ms
     * @param elapsed measures parts
     */
    Reissue(
            long interval,
            LiveSymbols symbols,
            ProcessingTimeService time,
            MonotonicClock elapsed) {
        this.interval = interval;
        this.symbols = symbols;
        this.time = time;
        this.elapsed = elapsed;
    }

    /**
     * Begins.
     *
     * @param withAll whether the first round is over all that is remembered, and begins at once
     */
    void start(boolean withAll) {
        isFirst = withAll;
        after(withAll ? PAUSE : interval);
    }

    private void begin() {
        waiting.addAll(symbols.all());
        part = waiting.size() / PARTS + 1;
    }

    private void after(long pause) {
        time.registerTimer(time.getCurrentProcessingTime() + pause, timestamp -> fire());
    }

    private void fire() throws IOException {
        if (waiting.isEmpty()) {
            begin();
        }
        long end = elapsed.millis() + LONGEST_PART;
        for (int left = part; left > 0 && !waiting.isEmpty() && elapsed.millis() < end; left--) {
            LiveSymbol symbol = waiting.poll();
            if (isFirst) {
                symbols.reissue(symbol);
            } else {
                symbols.reissueLatest(symbol);
            }
        }
        if (waiting.isEmpty()) {
            isFirst = false;
            after(interval);
        } else {
            after(PAUSE);
        }
    }
}
