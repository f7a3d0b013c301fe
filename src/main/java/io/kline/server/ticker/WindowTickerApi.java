package io.kline.server.ticker;

import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import io.kline.query.QueryResult;
import io.kline.query.Store;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Json;
import io.kline.server.api.Parameters;
import io.kline.store.KlineJson;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other windows than 24 hours, read from the stores: any length up to seven days, the day of a
 * zone, and the average price of the last minutes.
 *
 * @param windows reads them
 * @param symbols the known symbols
 * @param zone of the stores
 * @param clock the time
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md#rolling-window-price-change-statistics">windows</a>
 */
public record WindowTickerApi(
        WindowQuery windows, CachedSymbols symbols, ZoneOffset zone, InstantSource clock) {

    private static final Pattern SIZE =
            Pattern.compile("([1-9]|[1-5][0-9])m|([1-9]|1[0-9]|2[0-3])h|([1-7])d");
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final int MOST_SYMBOLS = 100;
    private static final int SYMBOL_WEIGHT = 4;
    private static final int MOST_WEIGHT = 200;

    /** From where to where, ms; what is after the time of the request has not happened. */
    private record Window(long openTime, long closeTime) {}

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v3/ticker",
                        SYMBOL_WEIGHT,
                        Set.of("symbol", "symbols", "windowSize", "type", "symbolStatus"),
                        this::rolling,
                        WindowTickerApi::surcharge),
                new Endpoint(
                        "/api/v3/ticker/tradingDay",
                        SYMBOL_WEIGHT,
                        Set.of("symbol", "symbols", "timeZone", "type", "symbolStatus"),
                        this::tradingDay,
                        WindowTickerApi::surcharge),
                new Endpoint("/api/v3/avgPrice", 2, Set.of("symbol"), this::averagePrice));
    }

    private static int surcharge(Parameters parameters) {
        int count = Math.max(1, TickerParameters.count(parameters));
        return Math.min(MOST_WEIGHT, SYMBOL_WEIGHT * count) - SYMBOL_WEIGHT;
    }

    private ApiResponse rolling(Parameters parameters) {
        long now = clock.millis();
        long open = now - size(parameters.text("windowSize").orElse("1d"));
        return answer(
                parameters,
                now,
                new Window(Math.floorDiv(open, MINUTE_MILLIS) * MINUTE_MILLIS, now));
    }

    private ApiResponse tradingDay(Parameters parameters) {
        long now = clock.millis();
        Interval day = new Interval(1, Unit.DAY, parameters.timeZone(zone));
        long open = day.openOf(now);
        return answer(parameters, now, new Window(open, day.nextOpen(open) - 1));
    }

    private ApiResponse averagePrice(Parameters parameters) {
        String symbol = parameters.symbol();
        long now = clock.millis();
        long from = (Math.floorDiv(now, MINUTE_MILLIS) - AveragePrice.MINUTES) * MINUTE_MILLIS;
        symbols.require(symbol);
        QueryResult<Optional<AveragePrice>> read = windows.average(symbol, from, now);
        AveragePrice average =
                read.value().orElseThrow(() -> ApiError.unknownSymbol(read.missing()));
        return ApiResponse.json(
                read.missing(),
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("mins", AveragePrice.MINUTES);
                    json.writeStringField("price", KlineJson.plain(average.price()));
                    json.writeNumberField(
                            "closeTime", parameters.times().time(average.lastTradeTime()));
                    json.writeEndObject();
                });
    }

    private ApiResponse answer(Parameters parameters, long now, Window window) {
        TickerParameters wanted = TickerParameters.of(parameters, symbols);
        List<String> names = wanted.named().orElseThrow(() -> ApiError.mandatory("symbol"));
        if (names.size() > MOST_SYMBOLS) {
            throw ApiError.invalid("symbols");
        }
        List<TickerStats> tickers = new ArrayList<>();
        Set<Store> missing = EnumSet.noneOf(Store.class);
        for (String name : wanted.isNone() ? List.<String>of() : names) {
            QueryResult<Optional<TickerStats>> read =
                    windows.stats(name, window.openTime, now, window.closeTime);
            missing.addAll(read.missing());
            read.value().ifPresent(tickers::add);
        }
        if (wanted.isOne()) {
            TickerStats one =
                    tickers.stream().findFirst().orElseThrow(() -> ApiError.unknownSymbol(missing));
            return ApiResponse.json(missing, json -> TickerJson.write(json, one, wanted.form()));
        }
        return ApiResponse.json(
                missing,
                json ->
                        Json.array(
                                json,
                                tickers,
                                each -> TickerJson.write(json, each, wanted.form())));
    }

    /** The length of a window, ms. */
    private static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw ApiError.invalid("windowSize");
        }
        if (matcher.group(1) != null) {
            return Integer.parseInt(matcher.group(1)) * MINUTE_MILLIS;
        }
        return matcher.group(2) != null
                ? Integer.parseInt(matcher.group(2)) * HOUR_MILLIS
                : Integer.parseInt(matcher.group(3)) * DAY_MILLIS;
    }
}
