package io.kline.server.stream;

import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.server.api.Intervals;
import io.kline.store.redis.RedisKeys;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream as clients name it: {@code btcusdt@kline_1m}. It begins with the lower case of the
 * symbol. Where that does not lead back to the symbol there is no stream: only ẞ and ϴ are such.
 *
 * @param text the name
 * @param symbol whose candles, upper case
 * @param interval their interval, as it is stored
 */
record StreamName(String text, String symbol, Interval interval) implements Topic {

    private static final Pattern TEXT =
            Pattern.compile("([^@]+)@kline_([0-9]{1,5}[mhdwM])(@\\+08:00)?");
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
        return symbol(matcher.group(1))
                .flatMap(
                        symbol ->
                                intervals
                                        .find(matcher.group(2))
                                        .map(interval -> new StreamName(text, symbol, interval)));
    }

    /** The symbol that the beginning of a name leads to. */
    static Optional<String> symbol(String begin) {
        String symbol = upperCase(begin);
        return Symbol.isValid(symbol) && lowerCase(symbol).equals(medial(begin))
                ? Optional.of(symbol)
                : Optional.empty();
    }

    /** İ has a lower case of two characters, and comes back as two. */
    private static String upperCase(String text) {
        return Normalizer.normalize(text.toUpperCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String lowerCase(String symbol) {
        return medial(symbol.toLowerCase(Locale.ROOT));
    }

    /** Languages do not agree on where a sigma is the last letter of a word. */
    private static String medial(String text) {
        return text.replace('ς', 'σ');
    }

    /** The Redis channel that feeds it. */
    String channel() {
        return RedisKeys.latest(symbol, interval.code());
    }
}
