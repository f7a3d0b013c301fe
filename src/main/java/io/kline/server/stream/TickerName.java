package io.kline.server.stream;

import java.util.Optional;

/**
 * A stream of tickers as clients name it: {@code btcusdt@miniTicker}, {@code !miniTicker@arr}.
 *
 * @param text the name
 * @param kind what it tells
 * @param symbol of whom, upper case; empty for all
 */
record TickerName(String text, Kind kind, String symbol) implements Topic {

    private static final String ALL = "@arr";

    /** What tickers tell. */
    enum Kind {
        MINI("miniTicker"),
        FULL("ticker"),
        AVERAGE("avgPrice");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    /** Whether it is about all symbols. */
    boolean isAll() {
        return symbol.isEmpty();
    }

    /** Reads a name. */
    static Optional<TickerName> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.AVERAGE && text.equals("!" + kind.code + ALL)) {
                return Optional.of(new TickerName(text, kind, ""));
            }
            String end = "@" + kind.code;
            if (text.endsWith(end)) {
                return StreamName.symbol(text.substring(0, text.length() - end.length()))
                        .map(symbol -> new TickerName(text, kind, symbol));
            }
        }
        return Optional.empty();
    }
}
