package io.kline.server.udf;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.server.precision.SymbolSteps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What TradingView's charting library asks for below {@code /udf}.
 *
 * @see <a
 *     href="https://www.tradingview.com/charting-library-docs/latest/connecting_data/UDF/">UDF</a>
 */
public final class UdfApi {

    private static final String PATH = "/udf";
    private static final String TYPE = "crypto";
    private static final String TEXT = "text/plain";
    private static final int USUAL_MATCHES = 30;
    private static final int MOST_MATCHES = 500;
    private static final int OK = 200;
    private static final long MILLIS = 1_000;

    private final CachedSymbols symbols;
    private final Resolutions resolutions;
    private final PriceScale scale;
    private final HistoryApi history;
    private final QuotesApi quotes;
    private final MarksApi marks;
    private final Clock clock;

    /**
     * @param query what is asked
     * @param symbols the known symbols
     * @param steps how fine prices are
     * @param intervals what can be asked for
     * @param clock the time
     */
    public UdfApi(
            CandleQuery query,
            CachedSymbols symbols,
            SymbolSteps steps,
            List<Interval> intervals,
            Clock clock) {
        this.symbols = symbols;
        this.resolutions = new Resolutions(intervals);
        this.scale = new PriceScale(steps);
        this.history = new HistoryApi(query, symbols, resolutions);
        this.quotes = new QuotesApi(query, symbols, QuotesApi.day(intervals));
        this.marks = new MarksApi(query, symbols, resolutions);
        this.clock = clock;
    }

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                endpoint("/config", Set.of(), none -> ApiResponse.json(this::writeConfig)),
                endpoint("/time", Set.of(), this::time),
                endpoint("/symbols", Set.of("symbol", "currencyCode", "unitId"), this::symbol),
                endpoint("/search", Set.of("query", "type", "exchange", "limit"), this::search),
                history.endpoint(),
                quotes.endpoint(),
                marks.endpoints().get(0),
                marks.endpoints().get(1));
    }

    /** A refusal as the library expects it. */
    static ApiResponse refusal(ApiError error) {
        byte[] body =
                Json.bytes(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("s", "error");
                            json.writeStringField("errmsg", error.getMessage());
                            json.writeEndObject();
                        });
        return new ApiResponse(error.status(), ApiResponse.JSON, body, Set.of());
    }

    private static Endpoint endpoint(String path, Set<String> parameters, Endpoint.Action action) {
        return Endpoint.tolerant(PATH + path, 1, parameters, UdfApi::refusal, action, any -> 0);
    }

    private void writeConfig(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("supports_search", true);
        json.writeBooleanField("supports_group_request", false);
        json.writeBooleanField("supports_marks", true);
        json.writeBooleanField("supports_timescale_marks", true);
        json.writeBooleanField("supports_time", true);
        writeTexts(json, "supported_resolutions", resolutions.names());
        json.writeArrayFieldStart("exchanges");
        writeChoice(json, "", "All");
        writeChoice(json, SymbolName.EXCHANGE, SymbolName.EXCHANGE);
        json.writeEndArray();
        json.writeArrayFieldStart("symbols_types");
        writeChoice(json, "", "All");
        writeChoice(json, TYPE, "Crypto");
        json.writeEndArray();
        json.writeEndObject();
    }

    private ApiResponse time(Parameters none) {
        String seconds = Long.toString(clock.millis() / MILLIS);
        return new ApiResponse(OK, TEXT, seconds.getBytes(StandardCharsets.UTF_8), Set.of());
    }

    private ApiResponse symbol(Parameters parameters) {
        String symbol = SymbolName.of(parameters);
        symbols.require(symbol);
        int digits = scale.digits(symbol);
        return ApiResponse.json(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("name", symbol);
                    json.writeStringField("ticker", symbol);
                    json.writeStringField("full_name", SymbolName.full(symbol));
                    json.writeStringField("description", symbol);
                    json.writeStringField("type", TYPE);
                    json.writeStringField("session", "24x7");
                    json.writeStringField("timezone", "Etc/UTC");
                    json.writeStringField("exchange", SymbolName.EXCHANGE);
                    json.writeStringField("listed_exchange", SymbolName.EXCHANGE);
                    json.writeStringField("format", "price");
                    json.writeNumberField("minmov", 1);
                    json.writeNumberField("pricescale", PriceScale.powerOfTen(digits));
                    json.writeNumberField("volume_precision", PriceScale.MOST_DIGITS);
                    json.writeStringField("data_status", "streaming");
                    json.writeBooleanField("has_intraday", !resolutions.intraday().isEmpty());
                    writeTexts(json, "intraday_multipliers", resolutions.intraday());
                    json.writeBooleanField("has_daily", has(Unit.DAY));
                    writeTexts(json, "daily_multipliers", resolutions.multipliers(Unit.DAY));
                    json.writeBooleanField(
                            "has_weekly_and_monthly", has(Unit.WEEK) && has(Unit.MONTH));
                    writeTexts(json, "weekly_multipliers", resolutions.multipliers(Unit.WEEK));
                    writeTexts(json, "monthly_multipliers", resolutions.multipliers(Unit.MONTH));
                    writeTexts(json, "supported_resolutions", resolutions.names());
                    json.writeEndObject();
                });
    }

    private ApiResponse search(Parameters parameters) {
        String part = parameters.textOrEmpty("query").toUpperCase(Locale.ROOT);
        long limit = parameters.number("limit").orElse((long) USUAL_MATCHES);
        boolean isHere =
                Set.of("", SymbolName.EXCHANGE).contains(parameters.textOrEmpty("exchange"))
                        && Set.of("", TYPE).contains(parameters.textOrEmpty("type"));
        QueryResult<List<String>> known = symbols.all();
        List<String> matches = isHere ? matches(known.value(), part) : List.of();
        return ApiResponse.json(
                known.missing(),
                json ->
                        Json.array(
                                json,
                                matches.stream().limit(Math.min(limit, MOST_MATCHES)).toList(),
                                symbol -> writeMatch(json, symbol)));
    }

    /** Those that begin with it first. */
    private static List<String> matches(List<String> known, String part) {
        List<String> matches = new ArrayList<>();
        known.stream().filter(symbol -> symbol.startsWith(part)).forEach(matches::add);
        known.stream().filter(symbol -> symbol.indexOf(part) > 0).forEach(matches::add);
        return matches.stream().distinct().toList();
    }

    private boolean has(Unit unit) {
        return !resolutions.multipliers(unit).isEmpty();
    }

    private static void writeMatch(JsonGenerator json, String symbol) throws IOException {
        json.writeStartObject();
        for (String name : List.of("symbol", "description", "ticker")) {
            json.writeStringField(name, symbol);
        }
        json.writeStringField("full_name", SymbolName.full(symbol));
        json.writeStringField("exchange", SymbolName.EXCHANGE);
        json.writeStringField("type", TYPE);
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String field, List<String> texts)
            throws IOException {
        Json.array(json, field, texts, json::writeString);
    }

    private static void writeChoice(JsonGenerator json, String value, String name)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("value", value);
        json.writeStringField("name", name);
        json.writeStringField("desc", name);
        json.writeEndObject();
    }
}
