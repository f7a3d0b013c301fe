package io.kline.server.binance;

import java.util.Comparator;
import java.util.List;

/** The assets that prices are in: what the two assets of a symbol are split by. */
public final class QuoteAssets {

    private static final String SEPARATORS = "-_.";

    private final List<String> longestFirst;

    /**
     * @param assets upper case
     */
    public QuoteAssets(List<String> assets) {
        longestFirst =
                assets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** The two assets of a symbol. */
    public record Pair(String base, String quote) {}

    /**
     * Splits a symbol before the longest quote asset that it ends with; a separator between the two
     * goes. Where none fits, all of it is the base asset, and the quote asset is empty.
     */
    public Pair split(String symbol) {
        for (String quote : longestFirst) {
            if (symbol.endsWith(quote) && symbol.length() > quote.length()) {
                String base = symbol.substring(0, symbol.length() - quote.length());
                boolean separated = SEPARATORS.indexOf(base.charAt(base.length() - 1)) >= 0;
                if (separated && base.length() == 1) {
                    continue;
                }
                return new Pair(separated ? base.substring(0, base.length() - 1) : base, quote);
            }
        }
        return new Pair(symbol, "");
    }
}
