package io.kline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.Rules;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Both stores, the topic between them and the corrector, as simple as can be. Refuses every candle
 * that is not the fold of a prefix of the symbol's records.
 */
public final class StoreTwin {

    private final long seed;
    private final Map<String, Interval> intervals = new HashMap<>();
    private final Map<CandleKey, Map<Long, Ohlcv>> prefixes = new HashMap<>();
    private final Map<CandleKey, Candle> redis = new TreeMap<>();
    private final Map<CandleKey, Candle> mysql = new TreeMap<>();
    private final Map<CandleKey, Long> corrected = new HashMap<>();
    private final Set<String> ledger = new HashSet<>();
    private final Queue<KlineEvent> topic = new ArrayDeque<>();

    /**
     * @param seed for messages
     * @param records distinct ones, those of a symbol in their order
     */
    public StoreTwin(long seed, List<Trade> records, Rules rules) {
        this.seed = seed;
        for (Interval interval : rules.intervals()) {
            intervals.put(interval.code(), interval);
            Map<CandleKey, Ohlcv> folds = new HashMap<>();
            Map<String, Long> newest = new HashMap<>();
            for (Trade trade : records) {
                long high = newest.merge(trade.symbol(), trade.time(), Math::max);
                long open = interval.openOf(trade.time());
                if (interval.nextOpen(open) + rules.allowedLateness() > high) {
                    CandleKey key = new CandleKey(trade.symbol(), interval.code(), open);
                    Ohlcv fold = folds.merge(key, Ohlcv.of(trade), Ohlcv::plus);
                    prefixes.computeIfAbsent(key, any -> new HashMap<>()).put(fold.count(), fold);
                }
            }
        }
    }

    /** A candle of a live job. */
    public void issue(Candle candle) {
        if (!candle.isFlat()) {
            Ohlcv prefix = prefixes.get(candle.key()).get(candle.count());
            assertThat(NaiveCandles.plain(candle))
                    .as("seed %d", seed)
                    .isEqualTo(NaiveCandles.plain(candle.with(prefix)));
        }
        put(redis, candle);
    }

    /** An event of a live job. */
    public void publish(KlineEvent event) {
        topic.add(event);
    }

    /** Lets the history job read some events. */
    public void pump(int events) {
        for (int left = events; left > 0 && !topic.isEmpty(); left--) {
            KlineEvent event = topic.poll();
            if (event instanceof KlineEvent.Closed closed) {
                put(mysql, closed.candle());
            } else {
                correct(((KlineEvent.Late) event).late());
            }
        }
    }

    private void correct(LateTrade late) {
        CandleKey key = late.candle();
        Interval interval = intervals.get(late.interval());
        Candle stored = mysql.get(key);
        long count = stored == null ? 0 : stored.count();
        if (late.liveCount() != LateTrade.UNKNOWN) {
            assertThat(count - corrected.getOrDefault(key, 0L))
                    .as("seed %d: %s", seed, late)
                    .isEqualTo(late.liveCount());
        }
        if (ledger.add(key + " " + late.trade().id())) {
            Ohlcv content = Ohlcv.of(late.trade());
            corrected.merge(key, content.count(), Long::sum);
            Candle candle =
                    stored == null
                            ? new Candle(key, interval.nextOpen(key.openTime()) - 1, content, true)
                            : stored.with(stored.ohlcv().plus(content)).asClosed();
            put(mysql, candle);
            put(redis, candle);
        }
        Candle basis = mysql.get(key);
        if (late.carried() || !basis.ohlcv().last().equals(late.trade().ref())) {
            return;
        }
        long open = interval.nextOpen(key.openTime());
        while (open < late.carriedUntil()) {
            Candle follower = mysql.get(key.at(open));
            if (follower != null
                    && (!follower.isFlat()
                            || follower.ohlcv().last().isAfter(basis.ohlcv().last()))) {
                return;
            }
            long next = interval.nextOpen(open);
            Candle flat = new Candle(key.at(open), next - 1, basis.ohlcv().carried(), true);
            put(mysql, flat);
            put(redis, flat);
            open = next;
        }
    }

    private static void put(Map<CandleKey, Candle> store, Candle candle) {
        Candle old = store.get(candle.key());
        if (old == null || candle.version().compareTo(old.version()) >= 0) {
            store.put(candle.key(), candle);
        }
    }

    /** The candles of a symbol in Redis, had it no limit. */
    public List<Candle> redis(String symbol, Interval interval) {
        return of(redis, symbol, interval);
    }

    /** The candles of a symbol in MySQL. */
    public List<Candle> mysql(String symbol, Interval interval) {
        return of(mysql, symbol, interval);
    }

    private static List<Candle> of(Map<CandleKey, Candle> store, String symbol, Interval interval) {
        return store.values().stream()
                .filter(candle -> candle.symbol().equals(symbol))
                .filter(candle -> candle.interval().equals(interval.code()))
                .map(NaiveCandles::plain)
                .toList();
    }
}
