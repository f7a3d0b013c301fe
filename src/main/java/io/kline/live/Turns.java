package io.kline.live;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Work on many symbols, in turns: at midnight each of them takes 30 candles, and trades do not wait
 * until all are through. A subtask has one of it: two would use up each other's pauses.
 */
final class Turns {

    /** How long a turn is, ms; longer where trades have taken more than twice as long. */
    private static final long TURN = 10;

    /** What trades get in between, ms. A timer that is due at once would leave them one record. */
    private static final long TURN_OF_TRADES = 5;

    /** What is done for each of the symbols. */
    interface Work {
        void on(LiveSymbol symbol) throws IOException;
    }

    private final ProcessingTimeService time;
    private final MonotonicClock elapsed;
    private final Work work;
    private final Set<LiveSymbol> waiting = new LinkedHashSet<>();
    private boolean isScheduled;
    private long lastEnd;

    /**
     * @param elapsed measures the turns
     */
    Turns(ProcessingTimeService time, MonotonicClock elapsed, Work work) {
        this.time = time;
        this.elapsed = elapsed;
        this.work = work;
    }

    /** A symbol waits for its turn, once. */
    void add(LiveSymbol symbol) {
        waiting.add(symbol);
    }

    /** Begins with the first turn, unless another one is scheduled. */
    void begin() throws IOException {
        if (!isScheduled && !waiting.isEmpty()) {
            lastEnd = elapsed.millis();
            turn();
        }
    }

    /** Works on all that wait, without a pause. */
    void finish() throws IOException {
        workUntil(Long.MAX_VALUE);
    }

    private void turn() throws IOException {
        isScheduled = false;
        long begin = elapsed.millis();
        workUntil(begin + Math.max(TURN, (begin - lastEnd) / 2));
        lastEnd = elapsed.millis();
        if (!waiting.isEmpty()) {
            isScheduled = true;
            time.registerTimer(
                    time.getCurrentProcessingTime() + TURN_OF_TRADES, timestamp -> turn());
        }
    }

    private void workUntil(long end) throws IOException {
        Iterator<LiveSymbol> each = waiting.iterator();
        while (each.hasNext() && elapsed.millis() < end) {
            LiveSymbol symbol = each.next();
            each.remove();
            work.on(symbol);
        }
    }
}
