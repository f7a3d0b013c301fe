package io.kline.server.udf;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What some symbols cost now and how that has changed since yesterday. There is no order book, so
 * there is no bid and no ask.
 *
 * @param query what is asked
 * @param symbols the known symbols
 * @param day whose candles are compared
 */
record QuotesApi(CandleQuery query, CachedSymbols symbols, Interval day) {

    private static final int WEIGHT = 2;
    private static final int MOST_SYMBOLS = 50;
    private static final int DIGITS_OF_PERCENT = 2;
    private static final int PERCENT = 2;

    /**
     * @param candles the day before and this one; this one alone, or none if that is all there is
     * @param problem why there are none
     */
    private record Quote(String name, List<Candle> candles, ApiError problem) {}

    /** The day of some intervals: one day, or else the longest below. */
    static Interval day(List<Interval> intervals) {
        return intervals.stream()
                .filter(one -> one.unit() == Unit.DAY && one.count() == 1)
                .findFirst()
                .orElseGet(
                        () ->
                                intervals.stream()
                                        .max((a, b) -> Long.compare(a.nextOpen(0), b.nextOpen(0)))
                                        .orElseThrow());
    }

    Endpoint endpoint() {
        return Endpoint.tolerant(
                "/udf/quotes",
                WEIGHT,
                Set.of("symbols"),
                UdfApi::refusal,
                this::quotes,
                parameters -> WEIGHT * (names(parameters).size() - 1));
    }

    private ApiResponse quotes(Parameters parameters) {
        Set<Store> missing = EnumSet.noneOf(Store.class);
        List<Quote> quotes = new ArrayList<>();
        for (String name : names(parameters)) {
            quotes.add(quote(name, missing));
        }
        return ApiResponse.json(
                missing,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("s", "ok");
                    Json.array(json, "d", quotes, quote -> write(json, quote));
                    json.writeEndObject();
                });
    }

    private static List<String> names(Parameters parameters) {
        List<String> names = List.of(parameters.mandatory("symbols").split(",", -1));
        if (names.size() > MOST_SYMBOLS) {
            throw ApiError.invalid("symbols");
        }
        return names;
    }

    private Quote quote(String name, Set<Store> missing) {
        String symbol;
        try {
            symbol = SymbolName.of(name);
            symbols.require(symbol);
        } catch (ApiError problem) {
            return new Quote(name, List.of(), problem);
        }
        QueryResult<List<Candle>> answer = query.range(symbol, day, Range.newest(2));
        missing.addAll(answer.missing());
        return new Quote(name, answer.value(), ApiError.badSymbol());
    }

    private static void write(JsonGenerator json, Quote quote) throws IOException {
        json.writeStartObject();
        json.writeStringField("s", quote.candles.isEmpty() ? "error" : "ok");
        json.writeStringField("n", quote.name);
        if (quote.candles.isEmpty()) {
            json.writeStringField("errmsg", quote.problem.getMessage());
        } else {
            json.writeObjectFieldStart("v");
            writeValues(json, quote);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeValues(JsonGenerator json, Quote quote) throws IOException {
        Candle now = quote.candles.get(quote.candles.size() - 1);
        BigDecimal before = quote.candles.size() == 1 ? now.open() : quote.candles.get(0).close();
        BigDecimal change = now.close().subtract(before);
        json.writeStringField("short_name", now.symbol());
        json.writeStringField("exchange", SymbolName.EXCHANGE);
        json.writeStringField("original_name", SymbolName.full(now.symbol()));
        json.writeStringField("description", now.symbol());
        writeNumber(json, "lp", now.close());
        writeNumber(json, "ch", change);
        if (before.signum() != 0) {
            writeNumber(
                    json,
                    "chp",
                    change.movePointRight(PERCENT)
                            .divide(before, DIGITS_OF_PERCENT, RoundingMode.HALF_UP));
        }
        writeNumber(json, "open_price", now.open());
        writeNumber(json, "high_price", now.high());
        writeNumber(json, "low_price", now.low());
        writeNumber(json, "prev_close_price", before);
        writeNumber(json, "volume", now.volume());
    }

    private static void writeNumber(JsonGenerator json, String field, BigDecimal value)
            throws IOException {
        json.writeFieldName(field);
        json.writeNumber(KlineJson.plain(value));
    }
}
