package io.kline.server.ticker;

import io.kline.query.Store;
import java.util.Set;

/**
 * A symbol on the board.
 *
 * @param symbol whose window
 * @param window what its trades of a day did
 */
final class TickerWindow {

    final String symbol;
    final RollingWindow window;

    /** Whether the stores have been asked. */
    volatile boolean isLoaded;

    /** Whether Redis was away, and what came meanwhile has not been read yet. */
    volatile boolean isBehind;

    /** Whether that is about to be read. */
    volatile boolean isCatchingUp;

    /** Stores that could not be asked then. */
    volatile Set<Store> missing = Set.of();

    TickerWindow(String symbol) {
        this.symbol = symbol;
        window = new RollingWindow(symbol);
    }
}
