package io.kline.tools.rebuild;

import io.kline.candle.PendingTrades.Single;
import io.kline.candle.Rules;
import io.kline.candle.SeenExecutions;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The minutes of a symbol as its trades make them. Takes them in the order of their partition, and
 * judges each as the live job does: counted or not, and late for which candles.
 */
final class TradedMinutes implements Minutes {

    private static final int MANY = 256;

    private final TimeRange range;
    private final TradeSpool spool;
    private final boolean areLive;
    private final boolean isPartial;
    private final Rules rules;
    private final SymbolCandles judge;
    private final NavigableMap<Long, Ohlcv> traded = new TreeMap<>();

    /** Trades that may be late for a candle, by minute, each with the mark at its arrival. */
    private final NavigableMap<Long, List<Single>> old = new TreeMap<>();

    private Ohlcv stored;
    private Ohlcv before;
    private long behind = Long.MAX_VALUE;
    private long taken;

    /**
     * @param spool is read on for more trades
     * @param areLive whether they are the trades that the live job reads; else those of a file,
     *     which nobody vouches for: a candle that loses all trades, or those behind the last one of
     *     the file, is refused
     * @param isPartial whether the file had lines that are no trades
     * @param lateness {@code kline.allowed-lateness}, ms
     */
    TradedMinutes(
            String symbol,
            TimeRange range,
            TradeSpool spool,
            boolean areLive,
            boolean isPartial,
            long lateness) {
        this.range = range;
        this.spool = spool;
        this.areLive = areLive;
        this.isPartial = isPartial;
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
        return areLive;
    }

    /** The highest time of a trade that counts, ms; {@code Long.MIN_VALUE} if there is none. */
    long newest() {
        return judge.seen().newest();
    }

    @Override
    public void readOn(long from, long to) throws IOException {
        spool.readOn();
    }

    @Override
    public NavigableMap<Long, Ohlcv> traded() {
        return traded;
    }

    @Override
    public Ohlcv before() {
        return before == null ? stored : before;
    }

    @Override
    public boolean isKnownBefore(long time) {
        return before != null || traded.lowerKey(time) != null;
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
        SeenExecutions seen = judge.seen();
        for (int i = 0; i < seen.ranges(); i++) {
            if (seen.first(i) <= corrected.firstId() && corrected.lastId() <= seen.last(i)) {
                return true;
            }
        }
        return corrected.lastId() <= seen.forgottenUpTo();
    }

    @Override
    public Optional<String> refusal(long open, long end, List<Candle> stored) {
        if (areLive) {
            return Optional.empty();
        }
        NavigableMap<Long, Ohlcv> within = traded.subMap(open, true, end, false);
        long count = within.values().stream().mapToLong(Ohlcv::count).sum();
        for (Candle candle : stored) {
            boolean isLess = candle.count() > count;
            if (isLess && isPartial) {
                return Optional.of("lines of the file were not read, and it would lose trades");
            }
            if (isLess && candle.lastTime() > newest()) {
                return Optional.of("the file ends before its last trade");
            }
            if (isLess && within.isEmpty()) {
                return Optional.of("the file has no trade of it");
            }
        }
        return Optional.empty();
    }

    private static long minuteOf(long time) {
        return Math.floorDiv(time, TimeRange.MINUTE) * TimeRange.MINUTE;
    }
}
