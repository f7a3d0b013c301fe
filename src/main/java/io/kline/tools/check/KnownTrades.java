package io.kline.tools.check;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** The trades that candles are compared with: those there were, and those that came meanwhile. */
final class KnownTrades {

    private final TradeSource source;
    private final TradeSpool spool;

    KnownTrades(TradeSource source, TradeSpool spool) {
        this.source = source;
        this.spool = spool;
    }

    /** Reads all trades that are there now: these must be in the stores. */
    void begin() throws IOException {
        source.readTo(spool);
        spool.begin();
    }

    /**
     * The trades of a symbol, up to now: whoever has read the stores before gets every trade that
     * can be in them.
     */
    SymbolTrades of(String symbol) throws IOException {
        source.readTo(spool);
        return spool.of(symbol);
    }

    /** The symbols that had trades when the check began. */
    Set<String> symbols() {
        return spool.symbols();
    }

    /** Records read so far, whatever was in them. */
    long records() {
        return spool.records();
    }

    /** Records that were there when the check began, whatever was in them. */
    long recordsAtBegin() {
        return spool.recordsAtBegin();
    }

    /**
     * Of the records that were there when the check began, those that no trade could be made of, by
     * symbol; empty is the symbol of those that do not say theirs.
     */
    Map<String, Tally> unusable() {
        return spool.unusable();
    }
}
