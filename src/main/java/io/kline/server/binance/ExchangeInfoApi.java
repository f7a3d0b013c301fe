package io.kline.server.binance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.query.QueryResult;
import io.kline.query.Store;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.server.api.SymbolList;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The known symbols. It reports what is known: names, that there are candles, and how fine prices
 * and quantities are. There is no order book, so there are no other filters and no order types.
 *
 * @param symbols the symbols
 * @param infos what is known of each
 * @param rateLimit request weight per minute
 * @param zone that candles are aligned in
 * @param clock the time
 */
public record ExchangeInfoApi(
        CachedSymbols symbols, SymbolInfos infos, int rateLimit, ZoneOffset zone, Clock clock) {

    private static final Pattern PERMISSIONS =
            Pattern.compile("^([A-Z0-9_]++|\\[\"[A-Z0-9_]++\"(,\"[A-Z0-9_]++\")*+\\])$");
    private static final String TRADING = "TRADING";
    private static final Set<String> STATUSES = Set.of(TRADING, "HALT", "BREAK");
    private static final String SPOT = "SPOT";
    private static final int WEIGHT = 20;

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
        Set<Store> missing = new HashSet<>(known.missing());
        List<String> wanted =
                wanted(parameters, known.value()).stream()
                        .map(symbol -> infos.text(symbol, sets, missing))
                        .toList();
        return ApiResponse.json(
                missing,
                json -> {
                    json.writeStartObject();
                    json.writeStringField(
                            "timezone", zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
                    json.writeNumberField("serverTime", parameters.times().time(clock.millis()));
                    writeRateLimit(json);
                    json.writeArrayFieldStart("exchangeFilters");
                    json.writeEndArray();
                    Json.array(json, "symbols", wanted, json::writeRawValue);
                    json.writeEndObject();
                });
    }

    private List<String> wanted(Parameters parameters, List<String> known) {
        List<String> one = parameters.optionalSymbol().map(List::of).orElse(null);
        List<String> several = SymbolList.of(parameters).orElse(null);
        List<String> permissions =
                parameters
                        .matching("permissions", PERMISSIONS)
                        .map(SymbolList::elements)
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
            return SymbolList.required(named, symbols);
        }
        boolean none =
                !status.equals(TRADING) || permissions != null && !permissions.contains(SPOT);
        return none ? List.of() : known;
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
}
