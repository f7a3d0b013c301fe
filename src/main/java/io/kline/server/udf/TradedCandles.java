package io.kline.server.udf;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The candles of one symbol and interval that have trades, read backwards.
 *
 * <p>An empty candle knows the time of the last trade before it, so a long quiet time is skipped in
 * one step.
 */
final class TradedCandles {

    private static final int PAGE = 1_000;

    /** A candle without trades, and the one to which it leads. */
    private static final int LEAST_PAGE = 2;

    /** Few trades in many candles end a reading before it is complete. */
    private static final int MOST_CANDLES = 20_000;

    private static final int MOST_PAGES = 100;

    private final CandleQuery query;
    private final String symbol;
    private final Interval interval;
    private final BooleanSupplier mayGoOn;
    private final Set<Store> missing = EnumSet.noneOf(Store.class);

    /**
     * @param mayGoOn asked before a further page is read; what was found is the answer if not
     */
    TradedCandles(CandleQuery query, String symbol, Interval interval, BooleanSupplier mayGoOn) {
        this.query = query;
        this.symbol = symbol;
        this.interval = interval;
        this.mayGoOn = mayGoOn;
    }

    /**
     * The newest ones, oldest first.
     *
     * @param from first open time, ms
     * @param to last open time, ms
     * @param most how many at most
     */
    List<Candle> read(long from, long to, int most) {
        Deque<Candle> traded = new ArrayDeque<>();
        long end = to;
        int size = Math.min(PAGE, 2 * most);
        int read = 0;
        for (int page = 0;
                page < MOST_PAGES && read < MOST_CANDLES && traded.size() < most && end >= from;
                page++) {
            // Without a candle the answer would be that there is none: the next ones are read.
            if (page > 0 && !mayGoOn.getAsBoolean() && !traded.isEmpty()) {
                break;
            }
            List<Candle> candles = ask(end, size);
            if (candles.isEmpty()) {
                break;
            }
            int before = traded.size();
            for (int i = candles.size() - 1; i >= 0 && traded.size() < most; i--) {
                Candle candle = candles.get(i);
                if (!candle.isFlat() && candle.openTime() >= from) {
                    traded.addFirst(candle);
                }
            }
            end = before(candles.get(0));
            read += candles.size();
            // Where trades are rare a page is a step to the one before.
            size = Math.max(LEAST_PAGE, Math.min(PAGE, 4 * (traded.size() - before)));
        }
        return new ArrayList<>(traded);
    }

    /** Open time of the newest one that opens at or before a time; null if there is none. */
    Long openBefore(long time) {
        List<Candle> newest = ask(time, 1);
        if (newest.isEmpty()) {
            return null;
        }
        Candle candle = newest.get(0);
        return candle.isFlat() ? interval.openOf(candle.lastTime()) : (Long) candle.openTime();
    }

    /** Stores that could not be asked. */
    Set<Store> missing() {
        return missing;
    }

    /** The last open time before a candle at which there may have been trades. */
    private long before(Candle oldest) {
        return oldest.isFlat()
                ? Math.min(interval.openOf(oldest.lastTime()), oldest.openTime() - 1)
                : oldest.openTime() - 1;
    }

    private List<Candle> ask(long end, int limit) {
        QueryResult<List<Candle>> answer =
                query.range(symbol, interval, new Range(null, end, limit));
        missing.addAll(answer.missing());
        return answer.value();
    }
}
