package io.kline.server.own;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
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
    private final long end;
    private long from;
    private int left;
    private int rows;
    private boolean isFirst = true;
    private boolean isLast;

    /**
     * @param from the first open time, ms
     * @param end the last one, inclusive, ms
     * @param limit how many rows at most
     * @param times the unit of the times in the lines
     */
    CsvPages(
            CandleQuery query,
            String symbol,
            Interval interval,
            long from,
            long end,
            int limit,
            TimeScale times) {
        this.query = query;
        this.symbol = symbol;
        this.interval = interval;
        this.from = from;
        this.end = end;
        this.left = limit;
        this.times = times;
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
        StringBuilder lines = new StringBuilder();
        if (isFirst) {
            lines.append(KlineCsv.HEADER);
            isFirst = false;
        }
        List<Candle> page = page();
        for (Candle candle : page) {
            from = candle.closeTime() + 1;
            // One without a closed one behind it may be closed, and its successor too, when the
            // next
            // page is read: there the file ends.
            isLast = !candle.closed();
            if (candle.closed()) {
                lines.append(
                        KlineCsv.row(
                                candle,
                                times.time(candle.openTime()),
                                times.end(candle.closeTime())));
                rows++;
                left--;
            }
        }
        isLast |= page.isEmpty() || left == 0 || from > end;
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** How many candles there were so far. */
    int rows() {
        return rows;
    }

    /**
     * The next candles; empty if there are none. Redis would read its oldest ones for each page of
     * the past if the page had no end. Behind a rest that end says nothing.
     */
    private List<Candle> page() {
        int size = Math.min(ROWS, left);
        long first = interval.openOf(from);
        long length = interval.nextOpen(first) - first;
        long full = Math.min(end, from + (size - 1) * length);
        List<Candle> page = ask(new Range(from, full, size));
        return page.isEmpty() && full < end ? ask(new Range(from, end, size)) : page;
    }

    private List<Candle> ask(Range range) {
        QueryResult<List<Candle>> page = query.range(symbol, interval, range);
        // A symbol that rests has holes in both stores. Those of a store that is away are others.
        if (!page.away().isEmpty()) {
            throw ApiError.unavailable(page.away());
        }
        return page.value();
    }
}
