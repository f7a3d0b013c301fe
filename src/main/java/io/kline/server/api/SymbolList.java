package io.kline.server.api;

import io.kline.model.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameter {@code symbols}: {@code ["BTCUSDT","ETHUSDT"]}. */
public final class SymbolList {

    // Possessive: long lists must not be tried again and again, nor take the stack.
    private static final Pattern LIST =
            Pattern.compile("\\[(\"[^\",\\[\\]]++\"(,\"[^\",\\[\\]]++\")*+)?+\\]");
    private static final String LEGAL_LIST =
            "^\\[(\"S\"(,\"S\"){0,}){0,1}\\]$".replace("S", Parameters.SYMBOL);

    private SymbolList() {}

    /** The list, or nothing if the parameter was not sent. */
    public static Optional<List<String>> of(Parameters parameters) {
        return parameters.text("symbols").map(SymbolList::read);
    }

    /** The strings of an array, or the one. */
    public static List<String> elements(String text) {
        String inner = text.replaceAll("[\\[\\]\"]", "");
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split(","));
    }

    /**
     * @throws ApiError if a symbol is not known, or in the list several times
     */
    public static List<String> required(List<String> symbols, CachedSymbols known) {
        symbols.forEach(known::require);
        if (Set.copyOf(symbols).size() < symbols.size()) {
            throw ApiError.duplicateSymbols();
        }
        return symbols;
    }

    private static List<String> read(String text) {
        if (!LIST.matcher(text).matches() || !elements(text).stream().allMatch(Symbol::isValid)) {
            throw ApiError.illegalCharacters("symbols", LEGAL_LIST);
        }
        return elements(text);
    }
}
