package io.kline.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often the forming candles of each interval are written, as {@code kline.refresh} says. */
final class RefreshTiers {

    /** Every merge writes every forming candle that it has changed. */
    static final String MERGE = "merge";

    private static final String KEY = "kline.refresh";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<String, Duration> ofIntervals = new HashMap<>();

    private RefreshTiers() {}

    /**
     * Reads tiers such as {@code 1m,5m=merge;1h,4h=1s;1d=2s}; an interval that is in none of them
     * is written by every merge.
     *
     * @param codes those of the intervals that there are
     * @throws ConfigException naming what is not one
     */
    static RefreshTiers parse(String text, List<String> codes) {
        RefreshTiers tiers = new RefreshTiers();
        if (text.trim().equals(MERGE)) {
            return tiers;
        }
        for (String tier : text.split(";")) {
            String[] sides = tier.split("=", -1);
            ConfigException.require(
                    sides.length == 2, KEY + " must be as in 1h,4h=1s;1d=2s, not " + text);
            for (String code : sides[0].split(",")) {
                ConfigException.require(
                        codes.contains(code.trim()),
                        KEY + ": " + code.trim() + " is not among kline.intervals");
                Duration before = tiers.ofIntervals.put(code.trim(), period(sides[1].trim()));
                ConfigException.require(
                        before == null, KEY + ": " + code.trim() + " is there twice");
            }
        }
        return tiers;
    }

    /** How often the forming candle of an interval is written; zero if every merge does. */
    Duration of(String code) {
        return ofIntervals.getOrDefault(code, Duration.ZERO);
    }

    private static Duration period(String text) {
        if (text.equals(MERGE)) {
            return Duration.ZERO;
        }
        Duration period;
        try {
            period = DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(KEY + ": " + e.getMessage());
        }
        ConfigException.require(
                !period.isZero() && period.compareTo(LONGEST) <= 0,
                KEY + " must be merge, or up to 10s, not " + text);
        return period;
    }
}
