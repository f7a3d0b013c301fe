package io.kline.server.binance;

import com.fasterxml.jackson.core.JsonGenerator;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kline.query.QueryResult;
import io.kline.query.Store;
import io.kline.server.api.Json;
import io.kline.server.precision.Steps;
import io.kline.server.precision.SymbolSteps;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What is known of each symbol, as a text of {@code exchangeInfo}. A text is written once and kept
 * until the steps of its symbol change.
 */
public final class SymbolInfos {

    private static final int MOST_KEPT = 20_000;
    private static final String TRADING = "TRADING";
    private static final String SPOT = "SPOT";

    /** Most fraction digits of prices and quantities. */
    private static final int PRECISION = 18;

    private final QuoteAssets assets;
    private final SymbolSteps steps;
    private final Cache<Key, String> texts = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private record Key(String symbol, Steps steps, boolean sets) {}

    /**
     * @param assets how a symbol is split
     * @param steps how fine its prices and quantities are
     */
    public SymbolInfos(QuoteAssets assets, SymbolSteps steps) {
        this.assets = assets;
        this.steps = steps;
    }

    /**
     * The object of a symbol.
     *
     * @param sets whether it names its permissions
     * @param missing gets the stores that could not be asked
     */
    String text(String symbol, boolean sets, Set<Store> missing) {
        QueryResult<Steps> known = steps.of(symbol);
        missing.addAll(known.missing());
        return texts.get(
                new Key(symbol, known.value(), sets), key -> Json.text(json -> write(json, key)));
    }

    private void write(JsonGenerator json, Key key) throws IOException {
        QuoteAssets.Pair pair = assets.split(key.symbol);
        json.writeStartObject();
        json.writeStringField("symbol", key.symbol);
        json.writeStringField("status", TRADING);
        json.writeStringField("baseAsset", pair.base());
        json.writeNumberField("baseAssetPrecision", PRECISION);
        json.writeStringField("quoteAsset", pair.quote());
        json.writeNumberField("quotePrecision", PRECISION);
        json.writeNumberField("quoteAssetPrecision", PRECISION);
        json.writeNumberField("baseCommissionPrecision", PRECISION);
        json.writeNumberField("quoteCommissionPrecision", PRECISION);
        json.writeArrayFieldStart("orderTypes");
        json.writeEndArray();
        for (String order :
                List.of(
                        "icebergAllowed",
                        "ocoAllowed",
                        "otoAllowed",
                        "quoteOrderQtyMarketAllowed",
                        "allowTrailingStop",
                        "cancelReplaceAllowed",
                        "amendAllowed")) {
            json.writeBooleanField(order, false);
        }
        json.writeBooleanField("isSpotTradingAllowed", true);
        json.writeBooleanField("isMarginTradingAllowed", false);
        writeFilters(json, key.steps);
        json.writeArrayFieldStart("permissions");
        json.writeEndArray();
        if (key.sets) {
            json.writeArrayFieldStart("permissionSets");
            json.writeStartArray();
            json.writeString(SPOT);
            json.writeEndArray();
            json.writeEndArray();
        }
        json.writeStringField("defaultSelfTradePreventionMode", "NONE");
        json.writeArrayFieldStart("allowedSelfTradePreventionModes");
        json.writeString("NONE");
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A price of 0 is one without a bound, as Binance has it; nobody knows the largest order. */
    private static void writeFilters(JsonGenerator json, Steps steps) throws IOException {
        json.writeArrayFieldStart("filters");
        String tick = KlineJson.plain(steps.tickSize());
        json.writeStartObject();
        json.writeStringField("filterType", "PRICE_FILTER");
        json.writeStringField("minPrice", tick);
        json.writeStringField("maxPrice", "0");
        json.writeStringField("tickSize", tick);
        json.writeEndObject();
        String step = KlineJson.plain(steps.stepSize());
        json.writeStartObject();
        json.writeStringField("filterType", "LOT_SIZE");
        json.writeStringField("minQty", step);
        json.writeStringField("stepSize", step);
        json.writeEndObject();
        json.writeEndArray();
    }
}
