package io.kline.tools.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the symbol and the last trade of messages, in the form of Redis and in that of Binance. */
final class CandleProbe {

    private static final Pattern IN_REDIS = Pattern.compile("\"s\":\"([^\"]+)\".*\"li\":(-?\\d+)");
    private static final Pattern AT_SOCKET = Pattern.compile("\"s\":\"([^\"]+)\".*\"L\":(-?\\d+)");

    private final Pattern pattern;
    private final Visibility visibility;

    private CandleProbe(Pattern pattern, Visibility visibility) {
        this.pattern = pattern;
        this.visibility = visibility;
    }

    /** One of the channels of Redis. */
    static CandleProbe ofRedis(Visibility visibility) {
        return new CandleProbe(IN_REDIS, visibility);
    }

    /** One of the server's WebSocket streams. */
    static CandleProbe ofSocket(Visibility visibility) {
        return new CandleProbe(AT_SOCKET, visibility);
    }

    /** A message has arrived. */
    void message(CharSequence text) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            visibility.seen(matcher.group(1), Long.parseLong(matcher.group(2)), now);
        }
    }
}
