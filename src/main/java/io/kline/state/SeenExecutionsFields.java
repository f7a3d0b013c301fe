package io.kline.state;

import io.kline.candle.SeenExecutions;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes which executions were seen, as a part of other values. */
final class SeenExecutionsFields {

    private SeenExecutionsFields() {}

    static void write(SeenExecutions value, DataOutputView target) throws IOException {
        target.writeLong(value.newest());
        target.writeLong(value.forgottenUpTo());
        target.writeInt(value.ranges());
        for (int range = 0; range < value.ranges(); range++) {
            target.writeLong(value.first(range));
            target.writeLong(value.last(range));
            target.writeLong(value.time(range));
        }
    }

    static SeenExecutions read(DataInputView source) throws IOException {
        long newest = source.readLong();
        long forgottenUpTo = source.readLong();
        int ranges = source.readInt();
        long[] firsts = new long[Math.max(2, ranges)];
        long[] lasts = new long[firsts.length];
        long[] times = new long[firsts.length];
        for (int range = 0; range < ranges; range++) {
            firsts[range] = source.readLong();
            lasts[range] = source.readLong();
            times[range] = source.readLong();
        }
        return new SeenExecutions(firsts, lasts, times, ranges, forgottenUpTo, newest);
    }
}
