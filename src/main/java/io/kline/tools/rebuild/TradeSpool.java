package io.kline.tools.rebuild;

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
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The trades of all symbols, kept in temporary files. Those of one file at a time are in memory, as
 * the minutes they make, and follow what comes.
 */
final class TradeSpool implements AutoCloseable {

    private static final int FILES = 64;

    private static final Comparator<String> FILE_BY_FILE =
            Comparator.comparingInt(TradeSpool::fileOf).thenComparing(Comparator.naturalOrder());

    private final TradeSource source;
    private final Set<String> only;
    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();
    private final NavigableSet<String> symbols = new TreeSet<>(FILE_BY_FILE);
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
        folder = Files.createTempDirectory("kline-rebuild-");
        for (int i = 0; i < FILES; i++) {
            files.add(
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)))));
        }
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
        int number = fileOf(symbol);
        if (loaded != number) {
            files.get(number).flush();
            // While it is read nothing comes in: this is the only thread.
            loaded = -1;
            minutes = new HashMap<>();
            load(file(number));
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
        int file = fileOf(symbol);
        write(trade, files.get(file));
        if (file == loaded) {
            minutes.computeIfAbsent(symbol, empty).take(trade);
        }
    }

    private void load(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                Trade trade = read(in);
                minutes.computeIfAbsent(trade.symbol(), empty).take(trade);
            }
        } catch (EOFException end) {
            return;
        }
    }

    private static int fileOf(String symbol) {
        return Math.floorMod(symbol.hashCode(), FILES);
    }

    private Path file(int number) {
        return folder.resolve("trades-" + number);
    }

    private static void write(Trade trade, DataOutputStream out) throws IOException {
        out.writeUTF(trade.symbol());
        out.writeLong(trade.firstId());
        out.writeLong(trade.lastId());
        out.writeUTF(trade.price().toString());
        out.writeUTF(trade.quantity().toString());
        out.writeLong(trade.time());
        out.writeBoolean(trade.buyerIsMaker());
    }

    private static Trade read(DataInputStream in) throws IOException {
        return new Trade(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                new BigDecimal(in.readUTF()),
                new BigDecimal(in.readUTF()),
                in.readLong(),
                in.readBoolean());
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < FILES; i++) {
            files.get(i).close();
            Files.delete(file(i));
        }
        Files.delete(folder);
    }
}
