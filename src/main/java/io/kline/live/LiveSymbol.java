package io.kline.live;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;

/** What has to be known of a symbol between two looks into its state. */
final class LiveSymbol {

    final String symbol;

    /** When one of its candles has to be closed, ms of event time. */
    long nextClose;

    /** When it has flat candles to issue, ms of the time that passes evenly. */
    long nextFill;

    /** How many rows of flat candles wait that no trade can change. */
    int gaps;

    /** When a candle that may wait for its next version is issued, ms of the same time. */
    long nextRefresh;

    /** Whether only a trade brings another candle. */
    boolean isResting;

    /** Whether trades wait for the next merge. */
    boolean isPending;

    /** Whether it has to be moved over the boundary of the round of ticks that is under way. */
    boolean isTickDue;

    LiveSymbol(String symbol) {
        this.symbol = symbol;
    }

    /** Reads what a change of the state has made of it. */
    void update(SymbolCandles candles) {
        nextClose = candles.nextClose();
        nextFill = candles.nextFill();
        gaps = nextFill == Long.MIN_VALUE ? candles.gaps() : 0;
        nextRefresh = candles.nextRefresh();
    }

    /** The same after a tick or a restore. */
    void updateResting(SymbolCandles candles, Rules rules) {
        isResting = candles.isResting(rules);
    }
}
