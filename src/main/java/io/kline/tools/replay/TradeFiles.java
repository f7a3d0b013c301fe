package io.kline.tools.replay;

import io.kline.model.Trade;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Temporary files for more trades than memory holds, those of a symbol in one of them. They are
 * deleted when this is closed. Used by one thread.
 */
public final class TradeFiles implements AutoCloseable {

    private static final int FILES = 64;

    /** Symbols file by file: who follows it has each file read once. */
    public static final Comparator<String> FILE_BY_FILE =
            Comparator.comparingInt(TradeFiles::of).thenComparing(Comparator.naturalOrder());

    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();

    /**
     * @param prefix of the folder's name
     */
    public TradeFiles(String prefix) throws IOException {
        folder = Files.createTempDirectory(prefix);
        // They are gone after Ctrl-C, too: the last one that is noted is deleted first.
        folder.toFile().deleteOnExit();
        for (int i = 0; i < FILES; i++) {
            file(i).toFile().deleteOnExit();
            files.add(
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(i)))));
        }
    }

    /** The number of a symbol's file. */
    public static int of(String symbol) {
        return Math.floorMod(symbol.hashCode(), FILES);
    }

    /** The end of a file. */
    public DataOutput end(int number) {
        return files.get(number);
    }

    /** All of a file, as it is now. */
    public DataInputStream open(int number) throws IOException {
        files.get(number).flush();
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file(number))));
    }

    public static void write(Trade trade, DataOutput out) throws IOException {
        out.writeUTF(trade.symbol());
        out.writeLong(trade.firstId());
        out.writeLong(trade.lastId());
        out.writeUTF(trade.price().toString());
        out.writeUTF(trade.quantity().toString());
        out.writeLong(trade.time());
        out.writeBoolean(trade.buyerIsMaker());
    }

    public static Trade read(DataInput in) throws IOException {
        return new Trade(
                in.readUTF().intern(),
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

    private Path file(int number) {
        return folder.resolve("trades-" + number);
    }
}
