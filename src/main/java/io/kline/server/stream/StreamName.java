package io.kline.server.stream;

import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.query.RollingCandle;
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
 * @param kind which of the candles
 * @param symbol whose candles, upper case
 * @param interval their interval
 * @param source the stored interval that they are made of: the same one, or a smaller one
 */
record StreamName(String text, Kind kind, String symbol, Interval interval, Interval source)
        implements Topic {

    private static final Pattern TEXT =
            Pattern.compile("([^@]+)@(kline|correction)_([0-9]{1,5}[mhdwM])(@\\+08:00)?");
    private static final ZoneOffset PLUS_8 = ZoneOffset.ofHours(8);

    /** What a stream is about. */
    enum Kind {
        /** The newest candle, in the order of Binance. */
        KLINE("kline"),
        /** Candles before the newest, as they change. */
        CORRECTION("correction");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        /** Its events, and the middle of its name. */
        String event() {
            return event;
        }
    }

    /** Reads a name; nothing if there is no such stream. */
    static Optional<StreamName> parse(String text, Intervals intervals) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> symbol = symbol(matcher.group(1));
        Kind kind = matcher.group(2).equals(Kind.KLINE.event()) ? Kind.KLINE : Kind.CORRECTION;
        boolean isPlus8 = matcher.group(4) != null;
        return symbol.flatMap(
                whose ->
                        intervals
                                .find(matcher.group(3))
                                .flatMap(
                                        stored ->
                                                isPlus8
                                                        ? inPlus8(
                                                                text, kind, whose, stored,
                                                                intervals)
                                                        : Optional.of(
                                                                new StreamName(
                                                                        text, kind, whose, stored,
                                                                        stored))));
    }

    private static Optional<StreamName> inPlus8(
            String text, Kind kind, String symbol, Interval stored, Intervals intervals) {
        Interval target = new Interval(stored.count(), stored.unit(), PLUS_8);
        return RollingCandle.source(intervals.all(), target)
                .map(
                        source ->
                                new StreamName(
                                        text,
                                        kind,
                                        symbol,
                                        source.equals(stored) ? stored : target,
                                        source));
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
        return RedisKeys.latest(symbol, source.code());
    }
}
