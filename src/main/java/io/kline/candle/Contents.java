package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a series remembers of its trades: the contents of the candles that still take some, and the
 * last trade of those that were given up.
 *
 * <p>A flat candle is derived from the last trade before it, so it needs no memory and follows
 * every change of it.
 */
public final class Contents {

    private final NavigableMap<Long, Ohlcv> traded;
    private final GivenUpCounts counts;
    private Ohlcv before;

    /** No trades, and none before. */
    Contents() {
        this(new TreeMap<>(), null, new GivenUpCounts(Long.MAX_VALUE));
    }

    /**
     * Contents as they were.
     *
     * @param traded those that still take trades, by open time, ms
     * @param before the flat content behind the last trade that was given up, or null
     * @param counts of the last candles that were given up
     */
    public Contents(NavigableMap<Long, Ohlcv> traded, Ohlcv before, GivenUpCounts counts) {
        this.traded = traded;
        this.before = before;
        this.counts = counts;
    }

    /**
     * What the latest candle of an earlier run leaves to go on from.
     *
     * @param counts of those before it
     */
    static Contents after(Candle latest, GivenUpCounts counts) {
        NavigableMap<Long, Ohlcv> traded = new TreeMap<>();
        Ohlcv before = latest.ohlcv();
        if (!latest.isFlat()) {
            traded.put(latest.openTime(), latest.ohlcv());
            // What came before is not known, but nothing older is carried into this candle.
            before = Ohlcv.flat(latest.open(), new TradeRef(latest.openTime(), Long.MAX_VALUE));
        }
        return new Contents(traded, before, counts);
    }

    /**
     * No contents, but a trade before them.
     *
     * @param last the flat content behind it, or null
     * @param first open time of the first candle that is made, ms
     */
    static Contents behind(Ohlcv last, long first) {
        return new Contents(new TreeMap<>(), last, new GivenUpCounts(first));
    }

    /** The contents that still take trades, by open time, ms. */
    public NavigableMap<Long, Ohlcv> traded() {
        return traded;
    }

    /** The flat content behind the last trade that was given up, or null. */
    public Ohlcv before() {
        return before;
    }

    /** Counts of the last candles that were given up. */
    public GivenUpCounts counts() {
        return counts;
    }

    /** The flat content behind the newest trade; null before the first one. */
    Ohlcv last() {
        return traded.isEmpty() ? before : traded.lastEntry().getValue().carried();
    }

    /** The same open time, or that of the first candle of all if it is later, ms. */
    long firstFrom(long open) {
        return before == null && !traded.isEmpty() ? Math.max(open, traded.firstKey()) : open;
    }

    /** Whether a candle has trades and still takes some. */
    boolean isTraded(long open) {
        return traded.containsKey(open);
    }

    /** Open time of the first traded candle at or after a time, or {@code Long.MAX_VALUE}, ms. */
    long nextTraded(long from) {
        Long next = traded.ceilingKey(from);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** The content of the flat candle that opens at a time; null if no trade was before it. */
    Ohlcv flatAt(long open) {
        Map.Entry<Long, Ohlcv> basis = traded.lowerEntry(open);
        return basis == null ? before : basis.getValue().carried();
    }

    /** Whether a trade is the last one before the candles that still take trades. */
    boolean carries(TradeRef trade) {
        return before == null || trade.isAfter(before.last());
    }

    /**
     * Adds trades to a candle.
     *
     * @return whether its last trade is another one than before
     */
    boolean fold(long open, Ohlcv trades) {
        Ohlcv old = traded.get(open);
        Ohlcv content = old == null ? trades : old.plus(trades);
        traded.put(open, content);
        return old == null || content.last() != old.last();
    }

    /** From now on the first flat candles carry this price. */
    void carry(Ohlcv price) {
        before = price;
    }

    /** Reduces the oldest candle to its last trade. */
    void giveUpFirst() {
        Map.Entry<Long, Ohlcv> first = traded.pollFirstEntry();
        counts.add(first.getKey(), first.getValue().count());
        before = first.getValue().carried();
    }

    /** The same, sharing nothing that can change. */
    Contents copy() {
        return new Contents(new TreeMap<>(traded), before, counts.copy());
    }
}
