package io.kline.state;

import io.kline.candle.Beginning;
import io.kline.candle.Contents;
import io.kline.candle.FlatRanges;
import io.kline.candle.Gap;
import io.kline.candle.GivenUpCounts;
import io.kline.candle.Series;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the candles of one symbol and interval, as a part of other values. */
final class SeriesFields {

    private static final Interval.Unit[] UNITS = Interval.Unit.values();

    private SeriesFields() {}

    static void write(Series value, DataOutputView target) throws IOException {
        Interval interval = value.interval();
        target.writeInt(interval.count());
        target.writeByte(interval.unit().ordinal());
        target.writeInt(interval.offset().getTotalSeconds());
        target.writeLong(value.current());
        target.writeLong(value.beginning().firstOpen());
        target.writeBoolean(value.beginning().opensBefore());
        target.writeLong(value.beginning().countedUpTo());
        Contents contents = value.contents();
        target.writeBoolean(contents.before() != null);
        if (contents.before() != null) {
            OhlcvFields.write(contents.before(), target);
        }
        target.writeInt(contents.traded().size());
        for (Map.Entry<Long, Ohlcv> candle : contents.traded().entrySet()) {
            target.writeLong(candle.getKey());
            OhlcvFields.write(candle.getValue(), target);
        }
        target.writeInt(value.flats().due().ranges().size());
        for (Map.Entry<Long, Long> range : value.flats().due().ranges().entrySet()) {
            target.writeLong(range.getKey());
            target.writeLong(range.getValue());
        }
        target.writeInt(value.flats().gaps().size());
        for (Gap gap : value.flats().gaps()) {
            target.writeLong(gap.from());
            target.writeLong(gap.to());
            OhlcvFields.write(gap.basis(), target);
        }
        write(contents.counts(), target);
    }

    /**
     * @param hasCounted whether the layout has the trades that an earlier run has counted
     * @param shared what was read of the same symbol
     */
    static Series read(boolean hasCounted, SharedContents shared, DataInputView source)
            throws IOException {
        Interval interval =
                new Interval(
                        source.readInt(),
                        UNITS[source.readByte()],
                        ZoneOffset.ofTotalSeconds(source.readInt()));
        long current = source.readLong();
        Beginning beginning =
                new Beginning(
                        source.readLong(),
                        source.readBoolean(),
                        hasCounted ? source.readLong() : -1);
        Ohlcv before = source.readBoolean() ? shared.read(source) : null;
        TreeMap<Long, Ohlcv> traded = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            traded.put(source.readLong(), shared.read(source));
        }
        TreeMap<Long, Long> due = new TreeMap<>();
        for (int left = source.readInt(); left > 0; left--) {
            due.put(source.readLong(), source.readLong());
        }
        ArrayDeque<Gap> gaps = new ArrayDeque<>(0);
        for (int left = source.readInt(); left > 0; left--) {
            gaps.add(new Gap(source.readLong(), source.readLong(), shared.read(source)));
        }
        Contents contents = new Contents(traded, before, readCounts(source));
        return new Series(interval, current, beginning, contents, new FlatRanges(due), gaps);
    }

    private static void write(GivenUpCounts counts, DataOutputView target) throws IOException {
        target.writeLong(counts.knownSince());
        target.writeInt(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            target.writeLong(counts.openTime(i));
            target.writeLong(counts.count(i));
        }
    }

    private static GivenUpCounts readCounts(DataInputView source) throws IOException {
        long knownSince = source.readLong();
        int size = source.readInt();
        long[] openTimes = new long[size];
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            openTimes[i] = source.readLong();
            counts[i] = source.readLong();
        }
        return new GivenUpCounts(knownSince, openTimes, counts);
    }
}
