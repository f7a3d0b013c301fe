package io.kline.server.ticker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kline.model.Candle;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last 24 hours and the last price, of one symbol, many or all; from the board, and from the
 * stores what is not on it.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md#24hr-ticker-price-change-statistics">tickers</a>
 */
public final class DayTickerApi {

    /** All tickers cost a server more than a symbol's, so they are written once a second. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Symbols of one request that the stores are asked for where the board does not know them. */
    private static final int MOST_READ = 100;

    private static final int NOT_SUPPORTED = 405;
    private static final int WEIGHT = 2;
    private static final int SEVERAL_PRICES = 4;

    private final TickerBoard board;
    private final CandleQuery query;
    private final WindowQuery windows;
    private final CachedSymbols symbols;
    private final InstantSource clock;
    private final LoadingCache<TickerJson.Form, ApiResponse> all =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build(this::all);
    private final LoadingCache<Boolean, QueryResult<Map<String, BigDecimal>>> stored =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build(any -> storedPrices());

    public DayTickerApi(
            TickerBoard board,
            CandleQuery query,
            WindowQuery windows,
            CachedSymbols symbols,
            InstantSource clock) {
        this.board = board;
        this.query = query;
        this.windows = windows;
        this.symbols = symbols;
        this.clock = clock;
    }

    /** Its endpoints. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v3/ticker/24hr",
                        WEIGHT,
                        Set.of("symbol", "symbols", "type", "symbolStatus"),
                        this::day,
                        DayTickerApi::surcharge),
                new Endpoint(
                        "/api/v3/ticker/price",
                        WEIGHT,
                        Set.of("symbol", "symbols", "symbolStatus"),
                        this::price,
                        sent -> sent.optionalSymbol().isPresent() ? 0 : SEVERAL_PRICES - WEIGHT));
    }

    private static int surcharge(Parameters parameters) {
        int count = TickerParameters.count(parameters);
        return (count == 0 || count > 100 ? 80 : count > 20 ? 40 : WEIGHT) - WEIGHT;
    }

    private ApiResponse day(Parameters parameters) {
        TickerParameters wanted = TickerParameters.of(parameters, symbols);
        if (wanted.named().isEmpty() && !wanted.isNone()) {
            return all.get(wanted.form());
        }
        long now = clock.millis();
        Set<Store> missing = EnumSet.noneOf(Store.class);
        List<String> names = wanted.isNone() ? List.of() : wanted.named().orElseThrow();
        boolean mayRead = names.size() <= MOST_READ;
        List<TickerStats> tickers =
                names.stream().flatMap(each -> day(each, now, mayRead, missing).stream()).toList();
        if (wanted.isOne() && tickers.isEmpty()) {
            throw ApiError.unknownSymbol(missing);
        }
        return ApiResponse.json(missing, json -> write(json, tickers, wanted));
    }

    private Optional<TickerStats> day(
            String symbol, long now, boolean mayRead, Set<Store> missing) {
        Optional<TickerStats> onBoard =
                board.isLive(symbol) || !mayRead ? board.stats(symbol, now) : Optional.empty();
        if (onBoard.isPresent() || !mayRead) {
            missing.addAll(board.missing(symbol));
            return onBoard;
        }
        QueryResult<Optional<TickerStats>> read =
                windows.stats(symbol, RollingWindow.openTime(now), now, now);
        missing.addAll(read.missing());
        return read.value();
    }

    private ApiResponse all(TickerJson.Form form) {
        windows.minute().orElseThrow(ApiError::badInterval);
        if (!board.isOn()) {
            throw ApiError.http(NOT_SUPPORTED);
        }
        long now = clock.millis();
        Collection<String> known = board.symbols();
        List<TickerStats> tickers =
                known.stream().flatMap(symbol -> board.stats(symbol, now).stream()).toList();
        Set<Store> missing = EnumSet.noneOf(Store.class);
        known.forEach(symbol -> missing.addAll(board.missing(symbol)));
        return ApiResponse.json(
                missing,
                json -> Json.array(json, tickers, each -> TickerJson.write(json, each, form)));
    }

    private ApiResponse price(Parameters parameters) {
        TickerParameters wanted = TickerParameters.of(parameters, symbols);
        List<String> names =
                wanted.isNone() ? List.of() : wanted.named().orElseGet(() -> symbols.all().value());
        Map<String, BigDecimal> prices = new HashMap<>();
        Set<Store> missing = EnumSet.noneOf(Store.class);
        long now = clock.millis();
        for (String name : names) {
            if (board.isLive(name)) {
                board.stats(name, now).ifPresent(stats -> prices.put(name, stats.last()));
            }
        }
        if (!prices.keySet().containsAll(names)) {
            QueryResult<Map<String, BigDecimal>> read = stored.get(true);
            read.value().forEach(prices::putIfAbsent);
            missing.addAll(read.missing());
        }
        if (wanted.isOne() && !prices.containsKey(names.get(0))) {
            throw ApiError.unknownSymbol(missing);
        }
        return ApiResponse.json(missing, json -> writePrices(json, names, prices, wanted.isOne()));
    }

    private QueryResult<Map<String, BigDecimal>> storedPrices() {
        QueryResult<List<Candle>> latest =
                query.latestOfAll(windows.minute().orElseThrow(ApiError::badInterval));
        Map<String, BigDecimal> prices = new TreeMap<>();
        latest.value().forEach(candle -> prices.put(candle.symbol(), candle.close()));
        return new QueryResult<>(prices, latest.missing());
    }

    private static void write(
            JsonGenerator json, List<TickerStats> tickers, TickerParameters wanted)
            throws IOException {
        if (!wanted.isOne()) {
            json.writeStartArray();
        }
        for (TickerStats ticker : tickers) {
            TickerJson.write(json, ticker, wanted.form());
        }
        if (!wanted.isOne()) {
            json.writeEndArray();
        }
    }

    private static void writePrices(
            JsonGenerator json, List<String> names, Map<String, BigDecimal> prices, boolean isOne)
            throws IOException {
        if (!isOne) {
            json.writeStartArray();
        }
        for (String name : names) {
            if (prices.containsKey(name)) {
                json.writeStartObject();
                json.writeStringField("symbol", name);
                json.writeStringField("price", KlineJson.plain(prices.get(name)));
                json.writeEndObject();
            }
        }
        if (!isOne) {
            json.writeEndArray();
        }
    }
}
