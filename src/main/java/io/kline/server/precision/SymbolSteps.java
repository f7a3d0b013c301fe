package io.kline.server.precision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of every symbol: those configured, or the most fraction digits that its candles have
 * shown. They become finer and never coarser.
 *
 * <p>The server may write to no store, so a start learns them again, from the newest days: their
 * open, high, low and close, and a volume that is the sum of all quantities. These do not change
 * any more, so two starts learn the same. Every minute that comes in later may add a digit. Thread
 * safe.
 */
public final class SymbolSteps {

    private static final int CANDLES = 500;
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final long DAY_MILLIS = 86_400_000;

    private final CandleQuery query;
    private final Map<String, Steps> configured;
    private final List<Interval> longestFirst;
    private final Map<String, Digits> seen = new ConcurrentHashMap<>();
    private final Set<String> learned = ConcurrentHashMap.newKeySet();

    /** Symbols that a store was missing for, for a while. */
    private final Cache<String, Set<Store>> missing =
            Caffeine.newBuilder().expireAfterWrite(RETRY).build();

    private record Digits(int price, int quantity) {

        private static final Digits NONE = new Digits(0, 0);

        Digits with(Candle candle) {
            int prices =
                    more(
                            more(more(more(price, candle.open()), candle.high()), candle.low()),
                            candle.close());
            int quantities = more(quantity, candle.volume());
            return prices == price && quantities == quantity
                    ? this
                    : new Digits(prices, quantities);
        }

        private static int more(int digits, BigDecimal value) {
            return value.scale() <= digits
                    ? digits
                    : Math.max(digits, value.stripTrailingZeros().scale());
        }
    }

    /**
     * @param query what is asked for days
     * @param intervals the stored intervals
     * @param configured by symbol
     */
    public SymbolSteps(CandleQuery query, List<Interval> intervals, Map<String, Steps> configured) {
        this.query = query;
        this.configured = Map.copyOf(configured);
        longestFirst =
                intervals.stream()
                        .filter(each -> length(each) <= DAY_MILLIS)
                        .sorted(Comparator.comparingLong(SymbolSteps::length).reversed())
                        .toList();
    }

    /**
     * The steps of a known symbol; learns them if that has not been done.
     *
     * @throws io.kline.query.QueryException if no store can be asked
     */
    public QueryResult<Steps> of(String symbol) {
        Steps steps = configured.get(symbol);
        if (steps != null) {
            return new QueryResult<>(steps, Set.of());
        }
        Set<Store> away =
                learned.contains(symbol) ? Set.of() : missing.get(symbol, any -> learn(symbol));
        Digits digits = seen.getOrDefault(symbol, Digits.NONE);
        return new QueryResult<>(Steps.ofDigits(digits.price, digits.quantity), away);
    }

    private Set<Store> learn(String symbol) {
        Set<Store> away = EnumSet.noneOf(Store.class);
        boolean isAny = false;
        for (int i = 0; i < longestFirst.size() && !isAny; i++) {
            QueryResult<List<Candle>> answer =
                    query.range(symbol, longestFirst.get(i), Range.newest(CANDLES));
            answer.value().forEach(this::accept);
            away.addAll(answer.away());
            isAny = !answer.value().isEmpty();
        }
        if (away.isEmpty()) {
            learned.add(symbol);
        }
        return away;
    }

    /** Learns from a candle. */
    public void accept(Candle candle) {
        Digits digits = seen.getOrDefault(candle.symbol(), Digits.NONE);
        if (digits.with(candle) != digits) {
            seen.compute(
                    candle.symbol(),
                    (symbol, now) -> (now == null ? Digits.NONE : now).with(candle));
        }
    }

    private static long length(Interval interval) {
        return interval.nextOpen(interval.openOf(0)) - interval.openOf(0);
    }
}
