package io.kline.tools.bench.peers;

import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The intervals that the jobs make by default. */
final class Intervals {

    static final List<Interval> ALL =
            Stream.of(
                            "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h",
                            "1d", "3d", "1w", "1M")
                    .map(code -> Interval.parse(code, ZoneOffset.UTC))
                    .toList();

    private Intervals() {}
}
