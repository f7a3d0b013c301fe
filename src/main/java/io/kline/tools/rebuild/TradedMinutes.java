package io.kline.tools.rebuild;

import io.kline.candle.PendingTrades.Single;
import io.kline.candle.Rules;
import io.kline.candle.SeenExecutions;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The minutes of a symbol as its trades make them. Takes them in the order of their partition, and
 * judges each as the live job does: counted or not, and late for which candles.
 */
final class TradedMinutes implements Minutes {

    private static final int MANY = 256;

    /** Where trades come from. */
    enum Origin {
        /** The topic that the live job reads: what it has not does not count. */
        LIVE,
        /** A file that somebody vouches for. */
        WHOLE_FILE,
        /** A file that may end early, or have holes. */
        FILE,
        /** The same, with lines that are no trades. */
        PARTLY_READ
    }

    private final TimeRange range;
    private final TradeSpool spool;
    private final Origin origin;
    private final Rules rules;
    private final SymbolCandles judge;
    private final NavigableMap<Long, Ohlcv> traded = new TreeMap<>();

    /** Trades that may be late for a candle, by minute, each with the mark at its arrival. */
    private final NavigableMap<Long, List<Single>> old = new TreeMap<>();

    /** Candles that were refused: their first time and the one behind them, ms. */
    private final NavigableMap<Long, Long> refused = new TreeMap<>();

    private Ohlcv stored;
    private Ohlcv before;
    private long behind = Long.MAX_VALUE;
    private long taken;

    /**
     * @param spool is read on for more trades
     * @param origin says whether they are all that there are
     * @param lateness {@code kline.allowed-lateness}, ms
     */
    TradedMinutes(String symbol, TimeRange range, TradeSpool spool, Origin origin, long lateness) {
        this.range = range;
        this.spool = spool;
        this.origin = origin;
        // The judge makes no candles: they are made of the minutes.
        rules = new Rules(List.of(), lateness, 1);
        judge = new SymbolCandles(symbol, rules);
    }

    /** Without trades in front of the range, its first flat candles carry this content, or null. */
    void carry(Ohlcv flat) {
        stored = flat;
    }

    /** Takes the next trade. */
    void take(Trade trade) {
        if (judge.offer(trade, rules) != SeenExecutions.Answer.NEW) {
            return;
        }
        taken++;
        if (taken % MANY == 0) {
            // Lets what waits for a merge go: there are no candles to be issued.
            judge.merge(0, 0, rules, null);
        }
        long time = trade.time();
        if (time >= range.to()) {
            behind = Math.min(behind, minuteOf(time));
        } else if (time < range.from()) {
            if (before == null || trade.ref().isAfter(before.last())) {
                before = Ohlcv.flat(trade.price(), trade.ref());
            }
        } else {
            traded.merge(minuteOf(time), Ohlcv.of(trade), Ohlcv::plus);
            if (time < judge.givenUp()) {
                old.computeIfAbsent(minuteOf(time), any -> new ArrayList<>(1))
                        .add(new Single(trade, judge.givenUp()));
            }
        }
    }

    /** Whether they are the trades that the live job reads. */
    boolean areLive() {
        return origin == Origin.LIVE;
    }

    /** The highest time of a trade that counts, ms; {@code Long.MIN_VALUE} if there is none. */
    long newest() {
        return judge.seen().newest();
    }

    @Override
    public void readOn(long from, long to, boolean isLocked) throws IOException {
        spool.readOn();
    }

    @Override
    public NavigableMap<Long, Ohlcv> traded() {
        return traded;
    }

    @Override
    public Ohlcv before() {
        return before == null || isOlderThanStored() ? stored : before;
    }

    @Override
    public boolean isKnownBefore(long time) {
        return before != null && !isOlderThanStored() || traded.lowerKey(time) != null;
    }

    /** The topic may lack the newest trade in front of the range, and have older ones. */
    private boolean isOlderThanStored() {
        return origin != Origin.WHOLE_FILE
                && stored != null
                && stored.last().isAfter(before.last());
    }

    @Override
    public long nextTraded(long from) {
        Long next = traded.ceilingKey(from);
        return next == null ? behind : next;
    }

    @Override
    public List<Trade> late(long open, long end) {
        List<Trade> late = new ArrayList<>();
        for (List<Single> minute : old.subMap(open, end).values()) {
            minute.stream()
                    .filter(one -> end <= one.givenUp())
                    .forEach(one -> late.add(one.trade()));
        }
        return late;
    }

    @Override
    public boolean has(Trade corrected) {
        return hasExecutions(corrected.firstId(), corrected.lastId());
    }

    private boolean hasExecutions(long first, long last) {
        SeenExecutions seen = judge.seen();
        for (int i = 0; i < seen.ranges(); i++) {
            if (seen.first(i) <= first && last <= seen.last(i)) {
                return true;
            }
        }
        return last <= seen.forgottenUpTo();
    }

    /** How many executions of a range there are. */
    private long executionsOf(long first, long last) {
        SeenExecutions seen = judge.seen();
        long from = Math.min(last + 1, Math.max(first, seen.forgottenUpTo() + 1));
        long executions = from - first;
        for (int i = 0; i < seen.ranges(); i++) {
            long begin = Math.max(from, seen.first(i));
            executions += Math.max(0, Math.min(last, seen.last(i)) - begin + 1);
        }
        return executions;
    }

    @Override
    public Optional<String> refusal(long open, long end, List<Candle> stored) {
        if (origin == Origin.LIVE || origin == Origin.WHOLE_FILE) {
            return Optional.empty();
        }
        Optional<String> refusal = lacking(open, end, stored);
        refusal.ifPresent(any -> refused.merge(open, end, Math::min));
        return refusal;
    }

    /** What the stores know of a candle and the file does not. */
    private Optional<String> lacking(long open, long end, List<Candle> stored) {
        Map.Entry<Long, Long> part = refused.lowerEntry(end);
        boolean isSmaller = part != null && part.getValue() - part.getKey() < end - open;
        if (isSmaller && part.getKey() >= open && part.getValue() <= end) {
            return Optional.of("a part of it was refused");
        }
        long count =
                traded.subMap(open, true, end, false).values().stream()
                        .mapToLong(Ohlcv::count)
                        .sum();
        for (Candle candle : stored) {
            TradeRef first = candle.ohlcv().first();
            boolean hasEnds =
                    hasExecutions(candle.lastId(), candle.lastId())
                            && (candle.isFlat() || hasExecutions(first.id(), first.id()));
            if (!hasEnds) {
                return Optional.of("a store has a trade of it that the file lacks");
            }
            boolean isLess = candle.count() > count;
            if (isLess && origin == Origin.PARTLY_READ) {
                return Optional.of("lines of the file were not read, and it would lose trades");
            }
            long executions = candle.lastId() - first.id() + 1;
            long lackedByStore = executions - candle.count();
            long lackedByFile = executions - executionsOf(first.id(), candle.lastId());
            // Where a store has more trades than there are executions, some were counted twice.
            if (isLess && lackedByStore >= 0 && lackedByFile > lackedByStore) {
                return Optional.of("the file lacks more executions of it than a store does");
            }
        }
        return Optional.empty();
    }

    private static long minuteOf(long time) {
        return Math.floorDiv(time, TimeRange.MINUTE) * TimeRange.MINUTE;
    }
}
