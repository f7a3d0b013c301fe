package io.kline.state;

import io.kline.candle.PendingTrades;
import io.kline.candle.SeenExecutions;
import io.kline.candle.Series;
import io.kline.candle.SymbolCandles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes all that is known of a symbol. */
final class SymbolCandlesSerializer extends ValueSerializer<SymbolCandles> {

    static final SymbolCandlesSerializer INSTANCE = new SymbolCandlesSerializer();

    private SymbolCandlesSerializer() {
        super(2);
    }

    @Override
    void write(SymbolCandles value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        SeenExecutionsFields.write(value.seen(), target);
        write(value.pending(), target);
        target.writeLong(value.givenUp());
        target.writeLong(value.clock());
        target.writeInt(value.series().size());
        for (Series series : value.series()) {
            SeriesFields.write(series, target);
        }
    }

    @Override
    SymbolCandles read(int from, DataInputView source) throws IOException {
        String symbol = source.readUTF();
        SeenExecutions seen = SeenExecutionsFields.read(source);
        PendingTrades pending = readPending(source);
        long givenUp = source.readLong();
        long clock = source.readLong();
        int size = source.readInt();
        SharedContents shared = new SharedContents();
        List<Series> series = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            series.add(SeriesFields.read(from >= 2, shared, source));
        }
        return new SymbolCandles(symbol, seen, pending, series, givenUp, clock);
    }

    private static void write(PendingTrades pending, DataOutputView target) throws IOException {
        target.writeInt(pending.size());
        for (int i = 0; i < pending.size(); i++) {
            OhlcvFields.write(pending.content(i), target);
        }
        target.writeInt(pending.singles().size());
        for (PendingTrades.Single single : pending.singles()) {
            TradeFields.write(single.trade(), target);
            target.writeLong(single.givenUp());
        }
    }

    private static PendingTrades readPending(DataInputView source) throws IOException {
        PendingTrades pending = new PendingTrades();
        for (int left = source.readInt(); left > 0; left--) {
            pending.add(OhlcvFields.read(source));
        }
        for (int left = source.readInt(); left > 0; left--) {
            pending.addSingle(
                    new PendingTrades.Single(TradeFields.read(source), source.readLong()));
        }
        return pending;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SymbolCandles copy(SymbolCandles from) {
        return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<SymbolCandles> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SymbolCandles> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
