package io.kline.server.udf;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kline.model.Candle;
import io.kline.query.CandleQuery;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The bars of one symbol, in columns. Candles without trades are left out, as TradingView wants it.
 * {@code from} is inclusive, {@code to} is not; {@code countback} goes before {@code from}.
 *
 * @param query what is asked
 * @param symbols the known symbols
 * @param resolutions the intervals by their names here
 */
record HistoryApi(CandleQuery query, CachedSymbols symbols, Resolutions resolutions) {

    private static final Pattern SECONDS = Pattern.compile("^-?[0-9]{1,11}$");

    /** Of each page that is read, as of candles elsewhere. */
    private static final int WEIGHT = 2;

    private static final int MOST_BARS = 5_000;
    private static final long MILLIS = 1_000;

    Endpoint endpoint() {
        return Endpoint.tolerant(
                "/udf/history",
                WEIGHT,
                Set.of("symbol", "resolution", "from", "to", "countback", "currencyCode", "unitId"),
                UdfApi::refusal,
                this::history,
                any -> 0);
    }

    private ApiResponse history(Parameters parameters) {
        String symbol = SymbolName.of(parameters);
        TradedCandles candles =
                new TradedCandles(
                        query,
                        symbol,
                        resolutions
                                .find(parameters.mandatory("resolution"))
                                .orElseThrow(ApiError::badInterval),
                        () -> isPaid(parameters));
        long from = time(parameters, "from");
        long to = time(parameters, "to") - 1;
        long countback = parameters.number("countback").orElse(0L);
        List<Candle> bars =
                countback > 0
                        ? candles.read(Long.MIN_VALUE, to, (int) Math.min(countback, MOST_BARS))
                        : candles.read(from, to, MOST_BARS);
        if (!bars.isEmpty()) {
            return ApiResponse.json(candles.missing(), json -> write(json, bars));
        }
        symbols.require(symbol);
        Long next = candles.openBefore(countback > 0 ? to : Math.min(from, to));
        if (next == null && !candles.missing().isEmpty()) {
            // "no_data" would mean that there is none, for ever.
            throw ApiError.unavailable(candles.missing());
        }
        return ApiResponse.json(candles.missing(), json -> writeNothing(json, next));
    }

    /** Takes the weight of a page, if the client may use it. */
    private static boolean isPaid(Parameters parameters) {
        try {
            parameters.caller().allowance().use(WEIGHT);
            return true;
        } catch (ApiError spent) {
            return false;
        }
    }

    /** A parameter in seconds, as ms. */
    static long time(Parameters parameters, String name) {
        parameters.mandatory(name);
        return parameters.matching(name, SECONDS).map(Long::parseLong).orElseThrow() * MILLIS;
    }

    private static void write(JsonGenerator json, List<Candle> bars) throws IOException {
        json.writeStartObject();
        json.writeStringField("s", "ok");
        Json.array(json, "t", bars, bar -> json.writeNumber(bar.openTime() / MILLIS));
        writeColumn(json, "o", bars, Candle::open);
        writeColumn(json, "h", bars, Candle::high);
        writeColumn(json, "l", bars, Candle::low);
        writeColumn(json, "c", bars, Candle::close);
        writeColumn(json, "v", bars, Candle::volume);
        json.writeEndObject();
    }

    private static void writeNothing(JsonGenerator json, Long next) throws IOException {
        json.writeStartObject();
        json.writeStringField("s", "no_data");
        if (next != null) {
            json.writeNumberField("nextTime", next / MILLIS);
        }
        json.writeEndObject();
    }

    /** Numbers with all their digits; no double on the way. */
    private static void writeColumn(
            JsonGenerator json, String name, List<Candle> bars, Function<Candle, BigDecimal> value)
            throws IOException {
        Json.array(json, name, bars, bar -> json.writeNumber(KlineJson.plain(value.apply(bar))));
    }
}
