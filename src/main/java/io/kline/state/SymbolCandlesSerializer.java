package io.kline.state;

import io.kline.fold.Fold;
import io.kline.fold.LastTrade;
import io.kline.fold.Series;
import io.kline.fold.SymbolCandles;
import io.kline.model.Interval;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a symbol's candles. */
final class SymbolCandlesSerializer extends ValueSerializer<SymbolCandles> {

    private static final Interval.Unit[] UNITS = Interval.Unit.values();

    static final SymbolCandlesSerializer INSTANCE = new SymbolCandlesSerializer();

    @Override
    public void serialize(SymbolCandles value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeLong(value.clock());
        target.writeLong(value.watermark());
        target.writeInt(value.series().size());
        for (Series series : value.series()) {
            write(series, target);
        }
    }

    @Override
    public SymbolCandles deserialize(DataInputView source) throws IOException {
        String symbol = source.readUTF();
        long clock = source.readLong();
        long watermark = source.readLong();
        int size = source.readInt();
        List<Series> series = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            series.add(read(source));
        }
        return SymbolCandles.restored(symbol, series, clock, watermark);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SymbolCandles copy(SymbolCandles from) {
        return from.copy();
    }

    private static void write(Series series, DataOutputView target) throws IOException {
        Interval interval = series.interval();
        target.writeInt(interval.count());
        target.writeByte(interval.unit().ordinal());
        target.writeInt(interval.offset().getTotalSeconds());
        target.writeLong(series.current());
        target.writeLong(series.oldest());
        LastTrade before = series.before();
        target.writeBoolean(before != null);
        if (before != null) {
            Decimals.write(before.price(), target);
            target.writeLong(before.time());
            target.writeLong(before.id());
        }
        target.writeInt(series.traded().size());
        for (Map.Entry<Long, Fold> candle : series.traded().entrySet()) {
            target.writeLong(candle.getKey());
            FoldSerializer.INSTANCE.serialize(candle.getValue(), target);
        }
    }

    private static Series read(DataInputView source) throws IOException {
        Interval interval =
                new Interval(
                        source.readInt(),
                        UNITS[source.readByte()],
                        ZoneOffset.ofTotalSeconds(source.readInt()));
        long current = source.readLong();
        long oldest = source.readLong();
        LastTrade before =
                source.readBoolean()
                        ? new LastTrade(Decimals.read(source), source.readLong(), source.readLong())
                        : null;
        TreeMap<Long, Fold> traded = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            traded.put(source.readLong(), FoldSerializer.INSTANCE.deserialize(source));
        }
        return new Series(interval, traded, before, current, oldest);
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
