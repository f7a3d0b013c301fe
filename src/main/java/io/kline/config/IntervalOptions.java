package io.kline.config;

import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which candles there are. */
public class IntervalOptions {

    /** Codes of the intervals that there are if nothing is set, separated by commas. */
    public static final String DEFAULT_CODES = "1m,3m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d,3d,1w,1M";

    /** Those intervals, in UTC. */
    public static final List<Interval> DEFAULT_INTERVALS =
            Stream.of(DEFAULT_CODES.split(","))
                    .map(code -> Interval.parse(code, ZoneOffset.UTC))
                    .toList();

    @Option(
            names = "--kline.intervals",
            paramLabel = "code,…",
            split = ",",
            defaultValue = DEFAULT_CODES,
            description =
                    "lengths of candles: a number from 1 to 99999 and one of m, h, d, w, M; each once")
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

    /**
     * @throws ConfigException naming the first key at fault
     */
    final void check() {
        ConfigException.require(
                zoneOffset.getTotalSeconds() % 60 == 0,
                "kline.zone-offset must be in whole minutes, not " + zoneOffset);
        Set<String> codes = new HashSet<>();
        for (String code : intervalCodes) {
            try {
                Interval.parse(code.trim(), zoneOffset);
            } catch (IllegalArgumentException e) {
                throw new ConfigException("kline.intervals: " + e.getMessage());
            }
            ConfigException.require(
                    codes.add(code.trim()), "kline.intervals: " + code + " is there twice");
        }
    }
}
