package io.kline.server.own;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.AppliedCorrection;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Missing;
import io.kline.server.api.Parameters;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What Binance's interface has no word for: all symbols at once, whole klines, the ledger. */
public final class OwnApi {

    private static final int USUAL = 500;
    private static final int MOST = 1000;

    /** Shorter than candles of a symbol take to change. */
    private static final Duration FRESH = Duration.ofMillis(250);

    private final CandleQuery query;
    private final CachedSymbols symbols;
    private final RestatedApi restated;

    /** One question to the stores answers all who ask in the meantime. */
    private final LoadingCache<Interval, ApiResponse> latest =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build(this::readLatest);

    /**
     * @param query what is asked
     * @param symbols the known symbols
     */
    public OwnApi(CandleQuery query, CachedSymbols symbols) {
        this.query = query;
        this.symbols = symbols;
        this.restated = new RestatedApi(query, symbols);
    }

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("/api/v1/klines/latest", 10, Set.of("interval"), this::latest),
                new Endpoint(
                        "/api/v1/klines",
                        2,
                        Set.of("symbol", "interval", "startTime", "endTime", "limit", "empty"),
                        this::klines),
                new Endpoint(
                        "/api/v1/corrections",
                        2,
                        Set.of(
                                "symbol",
                                "interval",
                                "startTime",
                                "endTime",
                                "limit",
                                "since",
                                "fromId"),
                        this::corrections,
                        RestatedApi::surcharge));
    }

    private ApiResponse latest(Parameters parameters) {
        return latest.get(parameters.interval());
    }

    private ApiResponse readLatest(Interval interval) {
        QueryResult<List<Candle>> answer = query.latestOfAll(interval);
        return ApiResponse.json(
                answer.missing(),
                json -> {
                    json.writeStartObject();
                    json.writeStringField("interval", interval.code());
                    Missing.write(json, answer.missing());
                    Json.array(json, "klines", answer.value(), each -> KlineJson.write(json, each));
                    json.writeEndObject();
                });
    }

    private ApiResponse klines(Parameters parameters) {
        String symbol = parameters.symbol();
        Interval interval = parameters.interval();
        boolean empty = parameters.flag("empty", true);
        MarkedCandles marked =
                MarkedCandles.read(query, symbol, interval, parameters.range(USUAL, MOST));
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
                    json.writeArrayFieldStart("klines");
                    for (Candle candle : marked.candles()) {
                        if (empty || !candle.isFlat()) {
                            json.writeStartObject();
                            KlineJson.writeFields(json, candle);
                            json.writeBooleanField("complete", marked.isComplete(candle));
                            json.writeEndObject();
                        }
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private ApiResponse corrections(Parameters parameters) {
        if (RestatedApi.isAsked(parameters)) {
            return restated.answer(parameters);
        }
        String symbol = parameters.symbol();
        Interval interval = parameters.optionalInterval().orElse(null);
        QueryResult<List<AppliedCorrection>> answer =
                query.corrections(symbol, interval, parameters.range(USUAL, MOST));
        if (answer.value().isEmpty()) {
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

    private static void write(JsonGenerator json, AppliedCorrection correction) throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", correction.symbol());
        json.writeStringField("interval", correction.interval());
        json.writeNumberField("openTime", correction.openTime());
        json.writeNumberField("tradeId", correction.tradeId());
        json.writeStringField("price", KlineJson.plain(correction.price()));
        json.writeStringField("quantity", KlineJson.plain(correction.quantity()));
        json.writeNumberField("tradeTime", correction.tradeTime());
        json.writeBooleanField("isBuyerMaker", correction.isBuyerMaker());
        json.writeNumberField("appliedAt", correction.appliedAt());
        json.writeEndObject();
    }
}
