package io.kline.tools.check;

import io.kline.model.Trade;
import io.kline.tools.replay.TradeFiles;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The trades that candles are compared with: those there were, and those that came meanwhile. Of
 * all symbols on the way in, of one on the way out, they wait in temporary files, of which one at a
 * time is in memory, where it follows what comes.
 */
final class SpooledTrades implements AutoCloseable {

    private final TradeFiles files;
    private final Set<String> symbols = new TreeSet<>();
    private final TradeInput source;
    private final Set<String> only;
    private final Map<String, Tally> unusable = new HashMap<>();
    private volatile long records;
    private long recordsAtBegin = Long.MAX_VALUE;
    private int loaded = -1;
    private Map<String, CountedTrades> trades = Map.of();

    /**
     * @param source where the trades come from
     * @param only symbols to keep; empty for all
     */
    SpooledTrades(TradeInput source, Set<String> only) throws IOException {
        this.source = source;
        this.only = only;
        files = new TradeFiles("kline-check-");
    }

    /** Takes the next record; what is not a trade that counts is only counted. */
    void add(byte[] record, long earliest, long latest) throws IOException {
        add(TradeRules.read(record, earliest, latest));
    }

    /** Takes a record that was read. */
    void add(ClassifiedRecord classified) throws IOException {
        records++;
        long number = records;
        String symbol = classified.symbol();
        if (!only.isEmpty() && !symbol.isEmpty() && !only.contains(symbol)) {
            return;
        }
        if (classified.setAside() == null) {
            take(classified.trade(), number);
        } else if (isSure(number)) {
            unusable.computeIfAbsent(symbol, any -> new Tally()).add(classified.setAside());
        }
    }

    /** Reads all trades that are there now: these must be in the stores. */
    void begin() throws IOException {
        source.readTo(this);
        recordsAtBegin = records;
    }

    private boolean isSure(long number) {
        return number <= recordsAtBegin;
    }

    private void take(Trade trade, long number) throws IOException {
        String symbol = trade.symbol();
        int file = TradeFiles.of(symbol);
        if (isSure(number)) {
            symbols.add(symbol);
        }
        files.end(file).writeLong(number);
        TradeFiles.write(trade, files.end(file));
        if (file == loaded) {
            trades.computeIfAbsent(symbol, any -> new CountedTrades()).take(trade, isSure(number));
        }
    }

    /**
     * The trades of a symbol, up to now: whoever has read the stores before gets every trade that
     * can be in them. Of those that share an execution the first counts.
     */
    SymbolTrades of(String symbol) throws IOException {
        source.readTo(this);
        int number = TradeFiles.of(symbol);
        if (loaded != number) {
            trades = load(number);
            loaded = number;
        }
        return trades.getOrDefault(symbol, new CountedTrades()).trades();
    }

    private Map<String, CountedTrades> load(int file) throws IOException {
        Map<String, CountedTrades> counted = new HashMap<>();
        try (DataInputStream in = files.open(file)) {
            while (true) {
                long number = in.readLong();
                Trade trade = TradeFiles.read(in);
                counted.computeIfAbsent(trade.symbol(), symbol -> new CountedTrades())
                        .take(trade, isSure(number));
            }
        } catch (EOFException end) {
            return counted;
        }
    }

    /** The symbols that had trades when the check began. */
    Set<String> symbols() {
        return Collections.unmodifiableSet(symbols);
    }

    /** Records taken so far, whatever was in them. */
    long records() {
        return records;
    }

    /** Records that were there when the check began, whatever was in them. */
    long recordsAtBegin() {
        return recordsAtBegin;
    }

    /**
     * Of the records that were there when the check began, those that no trade could be made of, by
     * symbol; empty is the symbol of those that do not say theirs.
     */
    Map<String, Tally> unusable() {
        return Collections.unmodifiableMap(unusable);
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
