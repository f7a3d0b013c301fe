package io.kline.server.own;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.Completeness;
import io.kline.query.Completeness.Gap;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether candles have all executions, as far as their ids tell. */
public final class CompletenessApi {

    private static final int WEIGHT = 4;
    private static final int USUAL = 500;
    private static final int MOST = 1000;

    /** So many before the range tell what it begins with. */
    private static final int BEFORE = 5;

    private final CandleQuery query;
    private final CachedSymbols symbols;

    /**
     * @param query what is asked
     * @param symbols the known symbols
     */
    public CompletenessApi(CandleQuery query, CachedSymbols symbols) {
        this.query = query;
        this.symbols = symbols;
    }

    /** Its endpoint. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v1/completeness",
                        WEIGHT,
                        Set.of("symbol", "interval", "from", "to", "limit"),
                        this::completeness));
    }

    private ApiResponse completeness(Parameters parameters) {
        String symbol = parameters.symbol();
        Interval interval = parameters.interval();
        Range range = parameters.range("from", "to", USUAL, MOST);
        QueryResult<List<Candle>> wanted = query.range(symbol, interval, range);
        if (wanted.value().isEmpty()) {
            symbols.require(symbol);
        }
        Set<Store> missing = EnumSet.noneOf(Store.class);
        missing.addAll(wanted.missing());
        List<Candle> candles = new ArrayList<>();
        long from = wanted.value().isEmpty() ? 0 : wanted.value().get(0).openTime();
        if (!wanted.value().isEmpty()) {
            QueryResult<List<Candle>> before =
                    query.range(symbol, interval, new Range(null, from - 1, BEFORE));
            missing.addAll(before.missing());
            candles.addAll(before.value());
        }
        candles.addAll(wanted.value());
        Completeness completeness = Completeness.of(candles, from);
        return ApiResponse.json(
                missing,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("symbol", symbol);
                    json.writeStringField("interval", interval.code());
                    Missing.write(json, missing);
                    write(json, wanted.value(), completeness);
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, List<Candle> candles, Completeness completeness)
            throws IOException {
        json.writeArrayFieldStart("candles");
        for (Candle candle : candles) {
            json.writeStartObject();
            json.writeNumberField("openTime", candle.openTime());
            json.writeBooleanField("complete", !completeness.touched().contains(candle.openTime()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gaps");
        for (Gap gap : completeness.gaps()) {
            json.writeStartObject();
            json.writeNumberField("firstId", gap.firstId());
            json.writeNumberField("lastId", gap.lastId());
            json.writeNumberField("count", gap.count());
            json.writeNumberField("from", gap.from());
            json.writeNumberField("to", gap.to());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
