package io.kline.tools.rebuild;

import io.kline.model.Trade;
import io.kline.tools.replay.TradeFiles;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The trades of all symbols, kept in temporary files. Those of one file at a time are in memory, as
 * the minutes they make, and follow what comes.
 */
final class TradeSpool implements AutoCloseable {

    private final TradeSource source;
    private final Set<String> only;
    private final TradeFiles files;
    private final NavigableSet<String> symbols = new TreeSet<>(TradeFiles.FILE_BY_FILE);
    private Function<String, TradedMinutes> empty;
    private int loaded = -1;
    private Map<String, TradedMinutes> minutes = Map.of();
    private long newest = Long.MIN_VALUE;

    /**
     * @param only symbols to keep; empty for all
     */
    TradeSpool(TradeSource source, Set<String> only) throws IOException {
        this.source = source;
        this.only = only;
        files = new TradeFiles("kline-rebuild-");
    }

    /** Reads what is there now and was not read before. */
    void readOn() throws IOException {
        source.readOn(this::take);
    }

    /** Sets how the minutes of a symbol begin, before any are asked for. */
    void makes(Function<String, TradedMinutes> minutes) {
        empty = minutes;
    }

    /** Those that have trades, in an order in which each file is read once. */
    NavigableSet<String> symbols() {
        return Collections.unmodifiableNavigableSet(symbols);
    }

    /** Time of the newest trade, ms. */
    long newest() {
        return newest;
    }

    /** The minutes of a symbol. They follow what is read until another file's symbol is asked. */
    TradedMinutes of(String symbol) throws IOException {
        int number = TradeFiles.of(symbol);
        if (loaded != number) {
            // While it is read nothing comes in: this is the only thread.
            loaded = -1;
            minutes = new HashMap<>();
            load(number);
            loaded = number;
        }
        return minutes.computeIfAbsent(symbol, empty);
    }

    private void take(Trade trade) throws IOException {
        String symbol = trade.symbol();
        if (!only.isEmpty() && !only.contains(symbol)) {
            return;
        }
        symbols.add(symbol);
        newest = Math.max(newest, trade.time());
        int file = TradeFiles.of(symbol);
        TradeFiles.write(trade, files.end(file));
        if (file == loaded) {
            minutes.computeIfAbsent(symbol, empty).take(trade);
        }
    }

    private void load(int file) throws IOException {
        try (DataInputStream in = files.open(file)) {
            while (true) {
                Trade trade = TradeFiles.read(in);
                minutes.computeIfAbsent(trade.symbol(), empty).take(trade);
            }
        } catch (EOFException end) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
