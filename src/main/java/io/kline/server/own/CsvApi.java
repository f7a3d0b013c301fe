package io.kline.server.own;

import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.Range;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.ApiResponse.Download;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Parameters;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The closed candles of a range as CSV, read page by page as the client takes them. */
public final class CsvApi {

    private static final String CSV = "text/csv;charset=utf-8";
    private static final int OK = 200;
    private static final int WEIGHT = 2;

    /** Rows of an answer; a year of minutes has 527,040 at most. */
    private static final int MOST = 600_000;

    private final CandleQuery query;
    private final CachedSymbols symbols;
    private final Clock clock;
    private final FileSlots slots = new FileSlots();

    /**
     * @param query what is asked
     * @param symbols the known symbols
     * @param clock limits how many candles a range without an end can have
     */
    public CsvApi(CandleQuery query, CachedSymbols symbols, Clock clock) {
        this.query = query;
        this.symbols = symbols;
        this.clock = clock;
    }

    /** Its endpoint. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(
                        "/api/v1/klines.csv",
                        WEIGHT,
                        Set.of("symbol", "interval", "from", "to", "limit"),
                        this::csv,
                        this::surcharge));
    }

    /** Each page as much as one of the endpoint of klines; nothing for one that is refused. */
    private int surcharge(Parameters parameters) {
        slots.check(parameters.caller().address());
        Range range = range(parameters);
        Interval interval = parameters.interval();
        long first = interval.openOf(range.start());
        long length = interval.nextOpen(first) - first;
        long rows = Math.min(limit(parameters), Math.floorDiv(range.end() - first, length) + 1);
        return (int) (Math.max(0, rows - 1) / CsvPages.ROWS) * WEIGHT;
    }

    private ApiResponse csv(Parameters parameters) {
        String symbol = parameters.symbol();
        Interval interval = parameters.interval();
        Range range = range(parameters);
        CsvPages pages =
                new CsvPages(
                        query,
                        symbol,
                        interval,
                        range.start(),
                        range.end(),
                        limit(parameters),
                        parameters.times());
        String address = parameters.caller().address();
        slots.take(address);
        boolean isSent = false;
        try {
            // Before anything is sent an error can still be reported.
            byte[] first = pages.next();
            if (pages.rows() == 0) {
                symbols.require(symbol);
            }
            Stream<byte[]> rest =
                    StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, 0), false)
                            .onClose(() -> slots.giveBack(address));
            String file = "%s-%s.csv".formatted(symbol, interval.code());
            ApiResponse answer =
                    new ApiResponse(OK, CSV, first, Set.of(), new Download(file, rest));
            isSent = true;
            return answer;
        } finally {
            if (!isSent) {
                slots.giveBack(address);
            }
        }
    }

    /** There are no candles of the future. */
    private Range range(Parameters parameters) {
        parameters.mandatory("from");
        Range range = parameters.range("from", "to", 1, 1);
        long now = clock.millis();
        return new Range(range.start(), range.end() == null ? now : Math.min(range.end(), now), 1);
    }

    private static int limit(Parameters parameters) {
        return parameters.limit(MOST, MOST);
    }
}
