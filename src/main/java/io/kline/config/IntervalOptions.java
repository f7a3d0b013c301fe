package io.kline.config;

import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Option;

/** Which candles there are. */
public class IntervalOptions {

    @Option(
            names = "--kline.intervals",
            paramLabel = "code,…",
            split = ",",
            defaultValue = "1m,3m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d,3d,1w,1M",
            description = "lengths of candles: a number and one of m, h, d, w, M")
    public List<String> intervalCodes;

    @Option(
            names = "--kline.zone-offset",
            paramLabel = "offset",
            defaultValue = "Z",
            description =
                    "zone that candles are aligned in, such as +08:00; whole minutes; Z is UTC")
    public ZoneOffset zoneOffset;

    /** The intervals, in the order given. */
    public final List<Interval> intervals() {
        return intervalCodes.stream().map(code -> Interval.parse(code.trim(), zoneOffset)).toList();
    }
}
