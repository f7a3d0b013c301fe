package io.kline.server.binance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.server.api.TimeScale;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Candles of one symbol as rows of twelve elements.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md#klinecandlestick-data">klines</a>
 */
public record KlinesApi(CandleQuery query, CachedSymbols symbols) {

    private static final Set<String> PARAMETERS =
            Set.of("symbol", "interval", "startTime", "endTime", "timeZone", "limit");
    private static final int WEIGHT = 2;
    private static final int USUAL = 500;
    private static final int MOST = 1000;

    /** Its endpoints: both answer the same, since nothing is adjusted for display. */
    public List<Endpoint> endpoints() {
        return List.of(endpoint("/api/v3/klines"), endpoint("/api/v3/uiKlines"));
    }

    private Endpoint endpoint(String path) {
        return new Endpoint(path, WEIGHT, PARAMETERS, this::klines, this::surcharge);
    }

    /** As much again for each further thousand of stored candles; errors in the usual order. */
    private int surcharge(Parameters parameters) {
        parameters.symbol();
        int stored =
                query.storedCandles(parameters.intervalInTimeZone(), parameters.range(USUAL, MOST));
        return WEIGHT * ((stored - 1) / MOST);
    }

    private ApiResponse klines(Parameters parameters) {
        String symbol = parameters.symbol();
        Interval interval = parameters.intervalInTimeZone();
        Range range = parameters.range(USUAL, MOST);
        QueryResult<List<Candle>> answer = ask(symbol, interval, range);
        if (answer.value().isEmpty()) {
            symbols.require(symbol);
        }
        return ApiResponse.json(
                answer.missing(),
                json ->
                        Json.array(
                                json,
                                answer.value(),
                                candle -> writeRow(json, candle, parameters.times())));
    }

    private QueryResult<List<Candle>> ask(String symbol, Interval interval, Range range) {
        try {
            return query.range(symbol, interval, range);
        } catch (IllegalArgumentException e) {
            // No stored interval is short enough to make candles of that zone from.
            throw ApiError.invalid("timeZone");
        }
    }

    private static void writeRow(JsonGenerator json, Candle candle, TimeScale times)
            throws IOException {
        json.writeStartArray();
        json.writeNumber(times.time(candle.openTime()));
        json.writeString(KlineJson.plain(candle.open()));
        json.writeString(KlineJson.plain(candle.high()));
        json.writeString(KlineJson.plain(candle.low()));
        json.writeString(KlineJson.plain(candle.close()));
        json.writeString(KlineJson.plain(candle.volume()));
        json.writeNumber(times.end(candle.closeTime()));
        json.writeString(KlineJson.plain(candle.quoteVolume()));
        json.writeNumber(candle.count());
        json.writeString(KlineJson.plain(candle.takerBuyVolume()));
        json.writeString(KlineJson.plain(candle.takerBuyQuoteVolume()));
        json.writeString("0");
        json.writeEndArray();
    }
}
