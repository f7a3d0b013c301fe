package io.kline.config;

import io.kline.model.Interval;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which candles there are, and how time is treated. */
public final class CandleOptions extends IntervalOptions {

    /** Whether the wall clock opens and closes candles. */
    public enum TickMode {
        /** It does. */
        WALL,
        /** Backfill: only event time moves. */
        OFF
    }

    @Option(
            names = "--kline.merge-interval",
            paramLabel = "10ms..10s",
            defaultValue = "333ms",
            description = "how often a symbol's trades are merged into its candles")
    public Duration mergeInterval;

    @Option(
            names = "--kline.refresh",
            paramLabel = "code,…=merge|period;…",
            defaultValue = RefreshTiers.MERGE,
            description =
                    "how often a candle that is forming is written, by interval, up to 10s; where nothing is said every"
                            + " merge writes it; opening and closing never wait")
    public String refresh;

    @Option(
            names = "--kline.out-of-orderness",
            paramLabel = "0s..1h",
            defaultValue = "1s",
            description =
                    "how much older than those before it a trade usually is at most; from some 1.7s on the server's"
                            + " streams lack the closing version of candles")
    public Duration outOfOrderness;

    @Option(
            names = "--kline.idle-timeout",
            paramLabel = "100ms..1h",
            defaultValue = "5s",
            description = "after how long without trades a partition no longer holds time back")
    public Duration idleTimeout;

    @Option(
            names = "--kline.allowed-lateness",
            paramLabel = "0s..1d",
            defaultValue = "10min",
            description =
                    "how long after its end the live job corrects a candle; the corrector does it later")
    public Duration allowedLateness;

    @Option(
            names = "--kline.carry-for",
            paramLabel = "1min..36500d",
            defaultValue = "30d",
            description = "how long after its last trade a symbol gets candles without trades")
    public Duration carryFor;

    @Option(
            names = "--kline.ticks",
            paramLabel = "wall|off",
            defaultValue = "wall",
            description = "whether the wall clock opens and closes candles; off is for backfills")
    public TickMode ticks;

    @Option(
            names = "--trade.max-future",
            paramLabel = "0s..1d",
            defaultValue = "5s",
            description = "how far a trade may be ahead of the time at which Kafka got it")
    public Duration maxFuture;

    @Option(
            names = "--trade.max-age",
            paramLabel = "1d..36500d",
            defaultValue = "7300d",
            description =
                    "how far a trade may be behind the time at which Kafka got it; guards against times"
                            + " in seconds, which would ask for a candle of every minute since 1970")
    public Duration maxAge;

    /**
     * What decides which candles there are and what is in them, by key: two live jobs that run side
     * by side must not differ in it.
     */
    public Map<String, String> decisive() {
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                "kline.intervals",
                intervals().stream().map(Interval::code).sorted().collect(Collectors.joining(",")));
        settings.put("kline.zone-offset", zoneOffset.toString());
        settings.put("kline.allowed-lateness", allowedLateness.toString());
        settings.put("kline.carry-for", carryFor.toString());
        settings.put("kline.ticks", ticks.toString());
        settings.put("trade.max-future", maxFuture.toString());
        settings.put("trade.max-age", maxAge.toString());
        return settings;
    }

    /**
     * How long a forming candle of each interval may wait for a merge that writes it, ms, in the
     * order of the intervals: with the merge interval itself that is the period of {@code
     * kline.refresh}.
     *
     * @throws ConfigException naming the key if it is not as it must be
     */
    public List<Long> refreshWaits() {
        List<String> codes = intervalCodes.stream().map(String::trim).toList();
        RefreshTiers tiers = RefreshTiers.parse(refresh, codes);
        return codes.stream()
                .map(code -> Math.max(0, tiers.of(code).minus(mergeInterval).toMillis()))
                .toList();
    }
}
