package io.kline.server.binance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Symbol;
import io.kline.query.QueryResult;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Parameters;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The known symbols. It reports what is known: names and that there are candles. There is no order
 * book, so there are no filters and no order types.
 *
 * @param symbols the symbols
 * @param assets how a symbol is split
 * @param rateLimit request weight per minute
 * @param zone that candles are aligned in
 * @param clock the time
 */
public record ExchangeInfoApi(
        CachedSymbols symbols, QuoteAssets assets, int rateLimit, ZoneOffset zone, Clock clock) {

    // Possessive: long lists must not be tried again and again, nor take the stack.
    private static final Pattern LIST =
            Pattern.compile("\\[(\"[^\",\\[\\]]++\"(,\"[^\",\\[\\]]++\")*+)?+\\]");
    private static final String LEGAL_LIST =
            "^\\[(\"S\"(,\"S\"){0,}){0,1}\\]$".replace("S", Parameters.SYMBOL);
    private static final Pattern PERMISSIONS =
            Pattern.compile("^([A-Z0-9_]++|\\[\"[A-Z0-9_]++\"(,\"[A-Z0-9_]++\")*+\\])$");
    private static final String TRADING = "TRADING";
    private static final Set<String> STATUSES = Set.of(TRADING, "HALT", "BREAK");
    private static final String SPOT = "SPOT";
    private static final int WEIGHT = 20;

    /** Fraction digits of prices and quantities. */
    private static final int PRECISION = 18;

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v3/exchangeInfo",
                        WEIGHT,
                        Set.of(
                                "symbol",
                                "symbols",
                                "permissions",
                                "showPermissionSets",
                                "symbolStatus"),
                        this::exchangeInfo));
    }

    private ApiResponse exchangeInfo(Parameters parameters) {
        boolean sets = parameters.flag("showPermissionSets", true);
        QueryResult<List<String>> known = symbols.all();
        List<String> wanted = wanted(parameters, known.value());
        return ApiResponse.json(
                known.missing(),
                json -> {
                    json.writeStartObject();
                    json.writeStringField(
                            "timezone", zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
                    json.writeNumberField("serverTime", parameters.times().time(clock.millis()));
                    writeRateLimit(json);
                    json.writeArrayFieldStart("exchangeFilters");
                    json.writeEndArray();
                    json.writeArrayFieldStart("symbols");
                    for (String symbol : wanted) {
                        write(json, symbol, sets);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private List<String> wanted(Parameters parameters, List<String> known) {
        List<String> one = parameters.optionalSymbol().map(List::of).orElse(null);
        List<String> several =
                parameters.text("symbols").map(ExchangeInfoApi::symbols).orElse(null);
        List<String> permissions =
                parameters
                        .matching("permissions", PERMISSIONS)
                        .map(ExchangeInfoApi::elements)
                        .orElse(null);
        String status = parameters.text("symbolStatus").orElse(TRADING);
        if (!STATUSES.contains(status)) {
            throw ApiError.badSymbolStatus();
        }
        List<String> named = one == null ? several : one;
        boolean filtered = permissions != null || parameters.text("symbolStatus").isPresent();
        if (one != null && several != null || named != null && filtered) {
            throw ApiError.badCombination();
        }
        if (named != null) {
            named.forEach(symbols::require);
            if (Set.copyOf(named).size() < named.size()) {
                throw ApiError.duplicateSymbols();
            }
            return named;
        }
        boolean none =
                !status.equals(TRADING) || permissions != null && !permissions.contains(SPOT);
        return none ? List.of() : known;
    }

    private static List<String> symbols(String text) {
        if (!LIST.matcher(text).matches() || !elements(text).stream().allMatch(Symbol::isValid)) {
            throw ApiError.illegalCharacters("symbols", LEGAL_LIST);
        }
        return elements(text);
    }

    /** The strings of an array, or the one. */
    private static List<String> elements(String text) {
        String inner = text.replaceAll("[\\[\\]\"]", "");
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split(","));
    }

    private void writeRateLimit(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rateLimits");
        json.writeStartObject();
        json.writeStringField("rateLimitType", "REQUEST_WEIGHT");
        json.writeStringField("interval", "MINUTE");
        json.writeNumberField("intervalNum", 1);
        json.writeNumberField("limit", rateLimit);
        json.writeEndObject();
        json.writeEndArray();
    }

    private void write(JsonGenerator json, String symbol, boolean sets) throws IOException {
        QuoteAssets.Pair pair = assets.split(symbol);
        json.writeStartObject();
        json.writeStringField("symbol", symbol);
        json.writeStringField("status", TRADING);
        json.writeStringField("baseAsset", pair.base());
        json.writeNumberField("baseAssetPrecision", PRECISION);
        json.writeStringField("quoteAsset", pair.quote());
        json.writeNumberField("quotePrecision", PRECISION);
        json.writeNumberField("quoteAssetPrecision", PRECISION);
        json.writeNumberField("baseCommissionPrecision", PRECISION);
        json.writeNumberField("quoteCommissionPrecision", PRECISION);
        json.writeArrayFieldStart("orderTypes");
        json.writeEndArray();
        for (String order :
                List.of(
                        "icebergAllowed",
                        "ocoAllowed",
                        "otoAllowed",
                        "quoteOrderQtyMarketAllowed",
                        "allowTrailingStop",
                        "cancelReplaceAllowed",
                        "amendAllowed")) {
            json.writeBooleanField(order, false);
        }
        json.writeBooleanField("isSpotTradingAllowed", true);
        json.writeBooleanField("isMarginTradingAllowed", false);
        json.writeArrayFieldStart("filters");
        json.writeEndArray();
        json.writeArrayFieldStart("permissions");
        json.writeEndArray();
        if (sets) {
            json.writeArrayFieldStart("permissionSets");
            json.writeStartArray();
            json.writeString(SPOT);
            json.writeEndArray();
            json.writeEndArray();
        }
        json.writeStringField("defaultSelfTradePreventionMode", "NONE");
        json.writeArrayFieldStart("allowedSelfTradePreventionModes");
        json.writeString("NONE");
        json.writeEndArray();
        json.writeEndObject();
    }
}
