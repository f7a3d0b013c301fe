package io.kline.demo.check;

import io.kline.model.Trade;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Trades in any order on the way in, by symbol on the way out. They wait in temporary files, of
 * which one at a time is in memory.
 */
final class TradeSpool implements AutoCloseable {

    private static final int FILES = 64;

    private static final Comparator<Trade> ORDER =
            Comparator.comparingLong(Trade::time).thenComparingLong(Trade::id);

    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();
    private final Set<String> symbols = new TreeSet<>();
    private final Set<String> only;
    private volatile long records;
    private long leftOut;
    private int loaded = -1;
    private Map<String, NavigableMap<Long, Trade>> trades = Map.of();

    /**
     * @param only symbols to keep; empty for all
     */
    TradeSpool(Set<String> only) throws IOException {
        this.only = only;
        folder = Files.createTempDirectory("kline-check-");
        for (int i = 0; i < FILES; i++) {
            files.add(
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)))));
        }
    }

    private Path file(int number) {
        return folder.resolve("trades-" + number);
    }

    /** Takes a record; what is not a trade that counts is left out. */
    void add(byte[] record, long latest) throws IOException {
        records++;
        Trade trade = TradeRules.read(record, latest);
        if (trade == null) {
            leftOut++;
            return;
        }
        if (!only.isEmpty() && !only.contains(trade.symbol())) {
            return;
        }
        symbols.add(trade.symbol());
        write(trade, files.get(fileOf(trade.symbol())));
        loaded = -1;
    }

    private static void write(Trade trade, DataOutputStream out) throws IOException {
        out.writeUTF(trade.symbol());
        out.writeLong(trade.id());
        out.writeUTF(trade.price().toString());
        out.writeUTF(trade.quantity().toString());
        out.writeLong(trade.time());
        out.writeBoolean(trade.buyerIsMaker());
        out.writeLong(trade.firstId());
        out.writeLong(trade.lastId());
    }

    /** The file of a symbol: who asks file by file has each one read once. */
    static int fileOf(String symbol) {
        return Math.floorMod(symbol.hashCode(), FILES);
    }

    /**
     * The distinct trades of a symbol by (time, id); of those that share an execution the first
     * counts.
     */
    List<Trade> of(String symbol) throws IOException {
        int number = fileOf(symbol);
        if (loaded != number) {
            files.get(number).flush();
            trades = load(file(number));
            loaded = number;
        }
        List<Trade> sorted = new ArrayList<>(trades.getOrDefault(symbol, new TreeMap<>()).values());
        sorted.sort(ORDER);
        return sorted;
    }

    private static Map<String, NavigableMap<Long, Trade>> load(Path file) throws IOException {
        Map<String, NavigableMap<Long, Trade>> loaded = new HashMap<>();
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                Trade trade = read(in);
                take(trade, loaded.computeIfAbsent(trade.symbol(), symbol -> new TreeMap<>()));
            }
        } catch (EOFException end) {
            return loaded;
        }
    }

    /** Takes a trade unless one of its executions is in a trade that came before. */
    private static void take(Trade trade, NavigableMap<Long, Trade> byLastExecution) {
        Map.Entry<Long, Trade> next = byLastExecution.ceilingEntry(trade.firstId());
        if (next == null || next.getValue().firstId() > trade.lastId()) {
            byLastExecution.put(trade.lastId(), trade);
        }
    }

    private static Trade read(DataInputStream in) throws IOException {
        return new Trade(
                in.readUTF().intern(),
                in.readLong(),
                new BigDecimal(in.readUTF()),
                new BigDecimal(in.readUTF()),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                in.readLong());
    }

    Set<String> symbols() {
        return Collections.unmodifiableSet(symbols);
    }

    /** Records taken so far, whatever was in them. */
    long records() {
        return records;
    }

    /** Records that are not trades that count. */
    long leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            files.get(i).close();
            Files.delete(file(i));
        }
        Files.delete(folder);
    }
}
