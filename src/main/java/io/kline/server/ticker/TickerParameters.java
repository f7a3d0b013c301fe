package io.kline.server.ticker;

import io.kline.server.api.ApiError;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Parameters;
import io.kline.server.api.SymbolList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which tickers a request wants, and how.
 *
 * @param named the symbols that it names; empty for all
 * @param isOne whether it wants an object, not an array
 * @param form how it wants them written
 * @param isNone whether it wants those of a status that no symbol has
 */
record TickerParameters(
        Optional<List<String>> named, boolean isOne, TickerJson.Form form, boolean isNone) {

    private static final String TRADING = "TRADING";
    private static final Set<String> STATUSES = Set.of(TRADING, "HALT", "BREAK");

    /**
     * @throws ApiError if there is no such ticker
     */
    static TickerParameters of(Parameters parameters, CachedSymbols known) {
        Optional<List<String>> one = parameters.optionalSymbol().map(List::of);
        Optional<List<String>> several = SymbolList.of(parameters);
        if (one.isPresent() && several.isPresent()) {
            throw ApiError.badCombination();
        }
        String type = parameters.text("type").orElse("FULL");
        if (!type.equals("FULL") && !type.equals("MINI")) {
            throw ApiError.badTickerType();
        }
        String status = parameters.text("symbolStatus").orElse(TRADING);
        if (!STATUSES.contains(status)) {
            throw ApiError.badSymbolStatus();
        }
        Optional<List<String>> named = one.or(() -> several);
        named.ifPresent(symbols -> SymbolList.required(symbols, known));
        boolean isNone = !status.equals(TRADING);
        if (isNone && one.isPresent()) {
            throw ApiError.otherStatus();
        }
        return new TickerParameters(
                named,
                one.isPresent(),
                new TickerJson.Form(type.equals("MINI"), parameters.times()),
                isNone);
    }

    /** How many symbols a request names, known or not; 0 for all. */
    static int count(Parameters parameters) {
        return parameters
                .optionalSymbol()
                .map(one -> 1)
                .or(() -> SymbolList.of(parameters).map(List::size))
                .orElse(0);
    }
}
