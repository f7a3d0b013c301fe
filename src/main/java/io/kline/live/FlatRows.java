package io.kline.live;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The symbols with flat candles that wait, each for its turn. Rows of them are issued in parts, so
 * that no symbol keeps the others, or a barrier, waiting. Used by one thread.
 */
final class FlatRows {

    /** Some ms of work: one symbol does not keep the others waiting. */
    private static final int FLATS_OF_A_SYMBOL = 256;

    /**
     * Rows of a symbol that may wait: beyond it its trades are read no faster than they are issued,
     * or a backfill of rare trades would fill the memory with them.
     */
    static final int MOST_GAPS = 1_024;

    /** So long they are issued before some trades, ms: others and barriers wait meanwhile. */
    private static final long MOST_FILLING = 50;

    /** How often a symbol gets its turn between two merges. */
    private static final int ROUNDS = 16;

    private final LiveSymbols symbols;
    private final MonotonicClock elapsed;
    private final Consumer<LiveSymbol> filled;
    private final Set<LiveSymbol> waiting = new LinkedHashSet<>();

    /**
     * @param elapsed paces the flat candles
     * @param filled is given each symbol that had its turn; adds it again if more wait
     */
    FlatRows(LiveSymbols symbols, MonotonicClock elapsed, Consumer<LiveSymbol> filled) {
        this.filled = filled;
        this.symbols = symbols;
        this.elapsed = elapsed;
    }

    /** Number of symbols with flat candles that wait. */
    int symbols() {
        return waiting.size();
    }

    /** A symbol has flat candles that wait. */
    void add(LiveSymbol symbol) {
        waiting.add(symbol);
    }

    /**
     * Issues what is due. Those that are not through wait behind the others.
     *
     * @param now ms
     * @param most how long it may take, ms
     */
    void issue(long now, long most) throws IOException {
        waiting.removeIf(symbol -> symbol.nextFill == Long.MAX_VALUE);
        long end = now + most;
        boolean isMore = true;
        for (int round = 0; round < ROUNDS && isMore; round++) {
            isMore = false;
            for (LiveSymbol symbol : List.copyOf(waiting)) {
                if (symbol.nextFill <= now && elapsed.millis() <= end) {
                    waiting.remove(symbol);
                    symbols.fill(symbol, FLATS_OF_A_SYMBOL, now);
                    filled.accept(symbol);
                    isMore |= symbol.nextFill <= now;
                }
            }
        }
    }

    /**
     * Issues flat candles of a symbol that has too many of them before more of its trades come: who
     * reads more is the one who waits.
     */
    void makeRoom(LiveSymbol symbol) throws IOException {
        long end = elapsed.millis() + MOST_FILLING;
        while (symbol.gaps > MOST_GAPS && elapsed.millis() < end) {
            symbols.fill(symbol, FLATS_OF_A_SYMBOL, elapsed.millis());
            filled.accept(symbol);
        }
    }

    /** Issues all of them: nothing comes any more. */
    void finish() throws IOException {
        for (LiveSymbol symbol : waiting) {
            while (symbol.nextFill != Long.MAX_VALUE) {
                symbols.fill(symbol, FLATS_OF_A_SYMBOL, Long.MAX_VALUE);
            }
        }
        waiting.clear();
    }
}
