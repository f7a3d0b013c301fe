package io.kline.server.stream;

import io.kline.model.Interval;
import io.kline.server.api.Intervals;
import io.kline.store.RedisKeys;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as clients name it: {@code btcusdt@kline_1m}.
 *
 * @param text the name
 * @param symbol whose candles, upper case
 * @param interval their interval, as it is stored
 */
record StreamName(String text, String symbol, Interval interval) {

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9._-]{1,32})@kline_([0-9]{1,5}[mhdwM])(@\\+08:00)?");
    private static final ZoneOffset PLUS_8 = ZoneOffset.ofHours(8);

    /**
     * Reads a name. Binance's streams of the zone +08:00 are there if that is the zone of the
     * stores.
     */
    static Optional<StreamName> parse(String text, Intervals intervals) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || matcher.group(3) != null && !intervals.offset().equals(PLUS_8)) {
            return Optional.empty();
        }
        String symbol = matcher.group(1).toUpperCase(Locale.ROOT);
        return intervals
                .find(matcher.group(2))
                .map(interval -> new StreamName(text, symbol, interval));
    }

    /** The Redis channel that feeds it. */
    String channel() {
        return RedisKeys.latest(symbol, interval.code());
    }
}
