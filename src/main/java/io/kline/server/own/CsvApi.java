package io.kline.server.own;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.StoreHealth;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Parameters;
import io.kline.store.KlineCsv;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * The closed candles of a range as CSV. It is read page by page, and sent when all of it is there:
 * what a client gets is whole.
 */
public final class CsvApi {

    private static final String CSV = "text/csv;charset=utf-8";
    private static final int OK = 200;
    private static final int WEIGHT = 2;

    /** Rows of an answer; a month of minutes has 44,640. */
    private static final int MOST = 50_000;

    private static final int PAGE = 1_000;

    private final CandleQuery query;
    private final CachedSymbols symbols;

    /**
     * @param query what is asked
     * @param symbols the known symbols
     */
    public CsvApi(CandleQuery query, CachedSymbols symbols) {
        this.query = query;
        this.symbols = symbols;
    }

    /** Its endpoint. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v1/klines.csv",
                        WEIGHT,
                        Set.of("symbol", "interval", "from", "to", "limit"),
                        this::csv,
                        CsvApi::surcharge));
    }

    /** Each page as much as one of the endpoint of klines. */
    private static int surcharge(Parameters parameters) {
        Range range = range(parameters);
        Interval interval = parameters.interval();
        long first = interval.openOf(range.start());
        long length = interval.nextOpen(first) - first;
        long rows =
                range.end() == null
                        ? range.limit()
                        : Math.min(range.limit(), (range.end() - first) / length + 1);
        return (int) (Math.max(0, rows - 1) / PAGE) * WEIGHT;
    }

    private ApiResponse csv(Parameters parameters) {
        String symbol = parameters.symbol();
        Interval interval = parameters.interval();
        Range range = range(parameters);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.writeBytes(KlineCsv.HEADER.getBytes(StandardCharsets.US_ASCII));
        int left = range.limit();
        Long from = range.start();
        List<Candle> page;
        int size;
        do {
            size = Math.min(PAGE, left);
            page = page(symbol, interval, new Range(from, range.end(), size));
            for (Candle candle : page) {
                if (candle.closed()) {
                    csv.writeBytes(
                            KlineCsv.row(candle, candle.openTime(), candle.closeTime())
                                    .getBytes(StandardCharsets.US_ASCII));
                }
                from = candle.closeTime() + 1;
            }
            left -= size;
        } while (page.size() == size && left > 0);
        if (csv.size() == KlineCsv.HEADER.length()) {
            symbols.require(symbol);
        }
        return new ApiResponse(OK, CSV, csv.toByteArray(), Set.of());
    }

    private List<Candle> page(String symbol, Interval interval, Range range) {
        QueryResult<List<Candle>> page = query.range(symbol, interval, range);
        // A symbol that rests has holes in both stores. Else a file with one looks like a whole
        // one.
        if (!page.isComplete() && !query.health().values().stream().allMatch(StoreHealth::up)) {
            throw ApiError.unavailable(page.missing());
        }
        return page.value();
    }

    private static Range range(Parameters parameters) {
        parameters.mandatory("from");
        return parameters.range("from", "to", MOST, MOST);
    }
}
