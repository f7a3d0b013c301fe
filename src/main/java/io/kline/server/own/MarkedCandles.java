package io.kline.server.own;

import io.kline.model.Candle;
import io.kline.model.ExecutionGaps;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Candles of a range, and what their ids say about executions that they lack.
 *
 * @param candles oldest first
 * @param gaps of these candles
 * @param missing stores that could not be asked
 */
record MarkedCandles(List<Candle> candles, ExecutionGaps gaps, Set<Store> missing) {

    /** So many before the range show what it begins with. */
    private static final int BEFORE = 5;

    static MarkedCandles read(CandleQuery query, String symbol, Interval interval, Range range) {
        return range.start() == null
                ? newest(query, symbol, interval, range)
                : from(query, symbol, interval, range);
    }

    /** One question is enough: it asks for those before as well. */
    private static MarkedCandles newest(
            CandleQuery query, String symbol, Interval interval, Range range) {
        QueryResult<List<Candle>> read =
                query.range(symbol, interval, new Range(null, range.end(), range.limit() + BEFORE));
        List<Candle> all = read.value();
        List<Candle> wanted = all.subList(Math.max(0, all.size() - range.limit()), all.size());
        return new MarkedCandles(wanted, gaps(all, wanted), read.missing());
    }

    private static MarkedCandles from(
            CandleQuery query, String symbol, Interval interval, Range range) {
        QueryResult<List<Candle>> wanted = query.range(symbol, interval, range);
        Set<Store> missing = EnumSet.noneOf(Store.class);
        missing.addAll(wanted.missing());
        List<Candle> all = new ArrayList<>();
        if (!wanted.value().isEmpty()) {
            long from = wanted.value().get(0).openTime();
            QueryResult<List<Candle>> before =
                    query.range(symbol, interval, new Range(null, from - 1, BEFORE));
            missing.addAll(before.missing());
            all.addAll(before.value());
        }
        all.addAll(wanted.value());
        return new MarkedCandles(wanted.value(), gaps(all, wanted.value()), missing);
    }

    private static ExecutionGaps gaps(List<Candle> all, List<Candle> wanted) {
        return ExecutionGaps.of(all, wanted.isEmpty() ? 0 : wanted.get(0).openTime());
    }

    /** Whether a candle lacks no execution, as far as is known. */
    boolean isComplete(Candle candle) {
        return !gaps.touched().contains(candle.openTime());
    }
}
