package io.kline.config;

import java.time.Duration;
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
            paramLabel = "duration",
            defaultValue = "333ms",
            description = "how often a symbol's trades are merged into its candles; 10ms to 10s")
    public Duration mergeInterval;

    @Option(
            names = "--kline.out-of-orderness",
            paramLabel = "duration",
            defaultValue = "1s",
            description =
                    "how much older than those before it a trade usually is at most; 0s to 1h")
    public Duration outOfOrderness;

    @Option(
            names = "--kline.idle-timeout",
            paramLabel = "duration",
            defaultValue = "5s",
            description =
                    "after how long without trades a partition no longer holds time back; 100ms to 1h")
    public Duration idleTimeout;

    @Option(
            names = "--kline.allowed-lateness",
            paramLabel = "duration",
            defaultValue = "10min",
            description =
                    "how long after its end the live job corrects a candle; the corrector does it later; 0s to 1d")
    public Duration allowedLateness;

    @Option(
            names = "--kline.carry-for",
            paramLabel = "duration",
            defaultValue = "30d",
            description =
                    "how long after its last trade a symbol gets candles without trades; 1min to 36500d")
    public Duration carryFor;

    @Option(
            names = "--kline.ticks",
            paramLabel = "wall|off",
            defaultValue = "wall",
            description = "whether the wall clock opens and closes candles; off is for backfills")
    public TickMode ticks;

    @Option(
            names = "--trade.max-future",
            paramLabel = "duration",
            defaultValue = "5s",
            description =
                    "how far a trade may be ahead of the time at which Kafka got it; 0s to 1d")
    public Duration maxFuture;

    @Option(
            names = "--trade.max-age",
            paramLabel = "duration",
            defaultValue = "7300d",
            description =
                    "how long ago a trade may be; guards against times in seconds, which would ask for a candle of every"
                            + " minute since 1970; 1d to 36500d")
    public Duration maxAge;
}
