package io.kline.server.ticker;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.api.ApiError;
import io.kline.server.api.Intervals;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the trades of any window did, read from the stores: its whole hours as hours, where these
 * are stored, and the rest of it as minutes.
 *
 * @param query the stores
 * @param intervals the stored intervals
 */
public record WindowQuery(CandleQuery query, Intervals intervals) {

    private static final int MOST = 100_000;
    private static final String MINUTE = "1m";
    private static final String HOUR = "1h";

    /** The interval of a minute, as it is stored. */
    Optional<Interval> minute() {
        return intervals.find(MINUTE);
    }

    /**
     * The figures of a window.
     *
     * @param from when it opens, ms, on a minute
     * @param now the end of what is read, ms
     * @param closeTime what it reports as its end, ms
     * @return nothing if there is no candle of the symbol
     * @throws ApiError if candles of a minute are not stored
     */
    QueryResult<Optional<TickerStats>> stats(String symbol, long from, long now, long closeTime) {
        Reading reading = new Reading(symbol);
        reading.read(from, now);
        return new QueryResult<>(reading.fold.stats(from, closeTime), reading.missing);
    }

    /**
     * The average price of a window.
     *
     * @param from when it opens, ms, on a minute
     * @param now the end of what is read, ms
     * @return nothing if there is no candle of the symbol
     */
    QueryResult<Optional<AveragePrice>> average(String symbol, long from, long now) {
        Reading reading = new Reading(symbol);
        reading.read(from, now);
        return new QueryResult<>(reading.fold.average(), reading.missing);
    }

    /** One window being read. */
    private final class Reading {

        private final String symbol;
        private final CandleFold fold = new CandleFold();
        private final Set<Store> missing = EnumSet.noneOf(Store.class);

        Reading(String symbol) {
            this.symbol = symbol;
        }

        void read(long from, long now) {
            Interval minute = minute().orElseThrow(ApiError::badInterval);
            Optional<Interval> hour = intervals.find(HOUR);
            long hours = hour.map(each -> each.openOf(from)).orElse(from);
            if (hours < from) {
                hours = hour.orElseThrow().nextOpen(hours);
            }
            long rest = hour.map(each -> each.openOf(now)).orElse(from);
            boolean isAny;
            if (hours < rest) {
                isAny = add(minute, from, hours - 1);
                isAny |= add(hour.orElseThrow(), hours, rest - 1);
                isAny |= add(minute, rest, now);
            } else {
                isAny = add(minute, from, now);
            }
            if (!isAny) {
                // The price is that of the last trade, however long ago.
                add(minute, new Range(null, from, 1));
            }
        }

        private boolean add(Interval interval, long from, long to) {
            return from <= to && add(interval, new Range(from, to, MOST));
        }

        private boolean add(Interval interval, Range range) {
            QueryResult<List<Candle>> answer = query.range(symbol, interval, range);
            missing.addAll(answer.missing());
            if (range.start() == null) {
                answer.value().stream().map(Reading::carried).forEach(c -> fold.add(List.of(c)));
            } else {
                fold.add(answer.value());
            }
            return !answer.value().isEmpty();
        }

        private static Candle carried(Candle before) {
            return before.with(before.ohlcv().carried());
        }
    }
}
