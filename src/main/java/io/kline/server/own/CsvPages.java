package io.kline.server.own;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.StoreHealth;
import io.kline.server.api.ApiError;
import io.kline.server.api.TimeScale;
import io.kline.store.KlineCsv;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The lines of a range, a page of candles at a time; the first page begins with their names. */
final class CsvPages implements Iterator<byte[]> {

    /** How many rows a page has at most. */
    static final int ROWS = 1_000;

    private final CandleQuery query;
    private final String symbol;
    private final Interval interval;
    private final TimeScale times;
    private final Long end;
    private Long from;
    private int left;
    private int rows;
    private boolean isFirst = true;
    private boolean isLast;

    /**
     * @param times the unit of the times in the lines
     */
    CsvPages(CandleQuery query, String symbol, Interval interval, Range range, TimeScale times) {
        this.query = query;
        this.symbol = symbol;
        this.interval = interval;
        this.times = times;
        this.end = range.end();
        this.from = range.start();
        this.left = range.limit();
    }

    @Override
    public boolean hasNext() {
        return !isLast;
    }

    /**
     * @throws ApiError if a store is away that may have what the other one lacks
     */
    @Override
    public byte[] next() {
        if (isLast) {
            throw new NoSuchElementException();
        }
        int size = Math.min(ROWS, left);
        List<Candle> page = page(new Range(from, end, size));
        StringBuilder lines = new StringBuilder();
        if (isFirst) {
            lines.append(KlineCsv.HEADER);
            isFirst = false;
        }
        for (Candle candle : page) {
            from = candle.closeTime() + 1;
            if (candle.closed()) {
                rows++;
                lines.append(
                        KlineCsv.row(
                                candle,
                                times.time(candle.openTime()),
                                times.end(candle.closeTime())));
            }
        }
        left -= size;
        isLast = page.size() < size || left == 0;
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** How many candles there were so far. */
    int rows() {
        return rows;
    }

    private List<Candle> page(Range range) {
        QueryResult<List<Candle>> page = query.range(symbol, interval, range);
        // A symbol that rests has holes in both stores. Else a file with one looks like a whole
        // one.
        if (!page.isComplete() && !query.health().values().stream().allMatch(StoreHealth::up)) {
            throw ApiError.unavailable(page.missing());
        }
        return page.value();
    }
}
