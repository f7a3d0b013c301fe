package io.kline.server.udf;

import io.kline.server.api.ApiError;
import io.kline.server.api.Parameters;

/** How the library names symbols: alone, or with the exchange before them. */
final class SymbolName {

    /** The one exchange there is. */
    static final String EXCHANGE = "KLINE";

    private static final String PREFIX = EXCHANGE + ":";

    private SymbolName() {}

    /** With the exchange. */
    static String full(String symbol) {
        return PREFIX + symbol;
    }

    /** The symbol of the parameter {@code symbol}. */
    static String of(Parameters parameters) {
        return of(parameters.mandatory("symbol"));
    }

    /**
     * The symbol of a name.
     *
     * @throws ApiError if it cannot be one, or is one of another exchange
     */
    static String of(String name) {
        int colon = name.indexOf(':');
        if (colon >= 0 && !name.startsWith(PREFIX)) {
            throw ApiError.badSymbol();
        }
        return Parameters.symbol(name.substring(colon + 1));
    }
}
