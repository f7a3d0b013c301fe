package io.kline.server.own;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.model.ExecutionGaps.Gap;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.Range;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Missing;
import io.kline.server.api.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Whether candles have all executions, as far as their ids show. */
public final class CompletenessApi {

    private static final int WEIGHT = 4;
    private static final int USUAL = 500;
    private static final int MOST = 1000;

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
        MarkedCandles marked = MarkedCandles.read(query, symbol, interval, range);
        if (marked.candles().isEmpty()) {
            symbols.require(symbol);
        }
        return ApiResponse.json(
                marked.missing(),
                json -> {
                    json.writeStartObject();
                    json.writeStringField("symbol", symbol);
                    json.writeStringField("interval", interval.code());
                    Missing.write(json, marked.missing());
                    write(json, marked);
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, MarkedCandles marked) throws IOException {
        json.writeArrayFieldStart("candles");
        for (Candle candle : marked.candles()) {
            json.writeStartObject();
            json.writeNumberField("openTime", candle.openTime());
            json.writeBooleanField("complete", marked.isComplete(candle));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gaps");
        for (Gap gap : marked.gaps().gaps()) {
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
