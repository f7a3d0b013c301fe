package io.kline.server.udf;

import io.kline.model.Interval;
import io.kline.query.AppliedCorrection;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A mark at each candle that late trades have corrected, from the ledger: on the bars, and on the
 * axis of time.
 *
 * @param query what is asked
 * @param symbols the known symbols
 * @param resolutions the intervals by their names here
 */
record MarksApi(CandleQuery query, CachedSymbols symbols, Resolutions resolutions) {

    private static final Set<String> PARAMETERS = Set.of("symbol", "from", "to", "resolution");
    private static final int WEIGHT = 2;
    private static final int MOST_ENTRIES = 5_000;
    private static final int SMALLEST = 12;
    private static final long MILLIS = 1_000;
    private static final String LABEL = "C";
    private static final String COLOR = "yellow";
    private static final String FONT_COLOR = "black";

    /**
     * A corrected candle.
     *
     * @param openTime ms
     * @param trades how many late trades
     * @param appliedAt when the last one was, ms
     */
    private record Mark(long openTime, int trades, long appliedAt) {

        private static Mark of(AppliedCorrection one) {
            return new Mark(one.openTime(), 1, one.appliedAt());
        }

        private static Mark sum(Mark a, Mark b) {
            return new Mark(a.openTime, a.trades + b.trades, Math.max(a.appliedAt, b.appliedAt));
        }

        private String what() {
            return trades == 1
                    ? "Corrected by a late trade"
                    : "Corrected by " + trades + " late trades";
        }

        private String when() {
            return "Applied at " + Instant.ofEpochMilli(appliedAt);
        }
    }

    /**
     * @param missing stores that could not be asked
     */
    private record Marks(List<Mark> all, Set<Store> missing) {}

    List<Endpoint> endpoints() {
        return List.of(
                endpoint("/udf/marks", this::marks),
                endpoint("/udf/timescale_marks", this::timescaleMarks));
    }

    private static Endpoint endpoint(String path, Endpoint.Action action) {
        return Endpoint.tolerant(path, WEIGHT, PARAMETERS, UdfApi::refusal, action, any -> 0);
    }

    private ApiResponse marks(Parameters parameters) {
        Marks marks = read(parameters);
        List<Mark> all = marks.all;
        return ApiResponse.json(
                marks.missing,
                json -> {
                    json.writeStartObject();
                    Json.array(json, "id", all, mark -> json.writeNumber(mark.openTime / MILLIS));
                    Json.array(json, "time", all, mark -> json.writeNumber(mark.openTime / MILLIS));
                    Json.array(json, "color", all, mark -> json.writeString(COLOR));
                    Json.array(
                            json,
                            "text",
                            all,
                            mark -> json.writeString(mark.what() + ". " + mark.when()));
                    Json.array(json, "label", all, mark -> json.writeString(LABEL));
                    Json.array(json, "labelFontColor", all, mark -> json.writeString(FONT_COLOR));
                    Json.array(json, "minSize", all, mark -> json.writeNumber(SMALLEST));
                    json.writeEndObject();
                });
    }

    private ApiResponse timescaleMarks(Parameters parameters) {
        Marks marks = read(parameters);
        return ApiResponse.json(
                marks.missing,
                json -> {
                    json.writeStartArray();
                    for (Mark mark : marks.all) {
                        json.writeStartObject();
                        json.writeStringField("id", Long.toString(mark.openTime / MILLIS));
                        json.writeNumberField("time", mark.openTime / MILLIS);
                        json.writeStringField("color", COLOR);
                        json.writeStringField("label", LABEL);
                        json.writeArrayFieldStart("tooltip");
                        json.writeString(mark.what());
                        json.writeString(mark.when());
                        json.writeEndArray();
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private Marks read(Parameters parameters) {
        String symbol = SymbolName.of(parameters);
        Interval interval =
                resolutions
                        .find(parameters.mandatory("resolution"))
                        .orElseThrow(ApiError::badInterval);
        long from = HistoryApi.time(parameters, "from");
        long to = HistoryApi.time(parameters, "to");
        symbols.require(symbol);
        QueryResult<List<AppliedCorrection>> answer =
                query.corrections(symbol, interval, new Range(from, to, MOST_ENTRIES));
        Map<Long, Mark> byTime = new TreeMap<>();
        for (AppliedCorrection each : answer.value()) {
            byTime.merge(each.openTime(), Mark.of(each), Mark::sum);
        }
        return new Marks(new ArrayList<>(byTime.values()), answer.missing());
    }
}
