package io.kline.live;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;

/** The symbols of a subtask: an index over the keyed state, and the way into it. */
final class LiveSymbols {

    private final Rules rules;
    private final ValueState<SymbolCandles> state;
    private final Consumer<String> currentKey;
    private final CandleOutput out;
    private final Map<String, LiveSymbol> symbols = new HashMap<>();

    /**
     * @param state the state of the current key
     * @param currentKey sets it
     * @param out receives all that the symbols bring forth
     */
    LiveSymbols(
            Rules rules,
            ValueState<SymbolCandles> state,
            Consumer<String> currentKey,
            CandleOutput out) {
        this.rules = rules;
        this.state = state;
        this.currentKey = currentKey;
        this.out = out;
    }

    Collection<LiveSymbol> all() {
        return symbols.values();
    }

    /** Indexes a symbol whose state is there. */
    LiveSymbol add(SymbolCandles candles) {
        LiveSymbol symbol = new LiveSymbol(candles.symbol());
        symbol.isPending = !candles.pending().isEmpty();
        symbol.update(candles);
        symbols.put(symbol.symbol, symbol);
        return symbol;
    }

    LiveSymbol get(String symbol) {
        return symbols.get(symbol);
    }

    /**
     * Folds what waits, and closes.
     *
     * @param time event time, ms
     * @param now time that has passed since any fixed moment, ms
     */
    void merge(LiveSymbol symbol, long time, long now) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.merge(time, now, rules, out);
        symbol.isPending = false;
        leave(symbol, candles);
    }

    /**
     * The same; also opens.
     *
     * @param time the boundary, ms
     * @param now time that has passed since any fixed moment, ms
     */
    void tick(LiveSymbol symbol, long time, long now) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.tick(time, now, rules, out);
        symbol.isPending = false;
        symbol.updateResting(candles, rules);
        leave(symbol, candles);
    }

    /** Issues so many flat candles, at most, that had to wait. */
    void fill(LiveSymbol symbol, int most, long now) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.fill(now, most, rules, out);
        leave(symbol, candles);
    }

    /** Issues candles that may wait for their next version. */
    void refresh(LiveSymbol symbol) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.refresh(rules, out);
        leave(symbol, candles);
    }

    /** Issues all remembered candles again. */
    void reissue(LiveSymbol symbol) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.reissue(rules, out);
        leave(symbol, candles);
    }

    /** Issues the latest candles again. */
    void reissueLatest(LiveSymbol symbol) throws IOException {
        SymbolCandles candles = enter(symbol);
        candles.reissueLatest(rules, out);
        leave(symbol, candles);
    }

    private SymbolCandles enter(LiveSymbol symbol) throws IOException {
        currentKey.accept(symbol.symbol);
        return state.value();
    }

    private void leave(LiveSymbol symbol, SymbolCandles candles) throws IOException {
        state.update(candles);
        symbol.update(candles);
    }
}
