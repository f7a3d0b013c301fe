package io.kline.server.own;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.util.List;

/** Changes of closed candles since a time: what a program that was away has to correct. */
final class RestatedApi {

    private static final int USUAL = 500;
    private static final int MOST = 1000;

    /** Rows that 2 of weight pay for: each has two klines. */
    private static final int ROWS = 500;

    private final CandleQuery query;
    private final CachedSymbols symbols;

    RestatedApi(CandleQuery query, CachedSymbols symbols) {
        this.query = query;
        this.symbols = symbols;
    }

    /** Whether a request asks for changes since a time. */
    static boolean isAsked(Parameters parameters) {
        return parameters.text("since").isPresent() || parameters.text("fromId").isPresent();
    }

    /** What a request weighs beyond 2. */
    static int surcharge(Parameters parameters) {
        return isAsked(parameters) && range(parameters).limit() > ROWS ? 2 : 0;
    }

    ApiResponse answer(Parameters parameters) {
        parameters.mandatory("since");
        if (parameters.text("startTime").isPresent() || parameters.text("endTime").isPresent()) {
            throw ApiError.badCombination();
        }
        String symbol = parameters.optionalSymbol().orElse(null);
        Interval interval = parameters.optionalInterval().orElse(null);
        Range range = range(parameters);
        QueryResult<List<RestatedCandle>> answer =
                query.restated(
                        symbol,
                        interval,
                        range.start(),
                        parameters.number("fromId").orElse(0L),
                        range.limit());
        if (symbol != null && answer.value().isEmpty()) {
            symbols.require(symbol);
        }
        return ApiResponse.json(
                answer.missing(),
                json -> {
                    json.writeStartObject();
                    Json.array(json, "corrections", answer.value(), each -> write(json, each));
                    json.writeEndObject();
                });
    }

    private static Range range(Parameters parameters) {
        return parameters.range("since", "endTime", USUAL, MOST);
    }

    private static void write(JsonGenerator json, RestatedCandle change) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", change.id());
        json.writeStringField("symbol", change.symbol());
        json.writeStringField("interval", change.interval());
        json.writeNumberField("openTime", change.openTime());
        json.writeStringField("reason", change.reason());
        json.writeNumberField("time", change.time());
        json.writeFieldName("before");
        write(json, change.before());
        json.writeFieldName("after");
        write(json, change.after());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Candle candle) throws IOException {
        if (candle == null) {
            json.writeNull();
        } else {
            KlineJson.write(json, candle);
        }
    }
}
