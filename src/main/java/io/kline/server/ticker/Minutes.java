package io.kline.server.ticker;

import io.kline.model.Candle;
import io.kline.model.Version;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What a rolling window has to know of each of its minutes, as columns: some 90 bytes a minute, a
 * fifth of what objects would take. A slot is empty, flat, or has trades.
 */
final class Minutes {

    final DecimalColumn opens;
    final DecimalColumn highs;
    final DecimalColumn lows;
    final DecimalColumn volumes;
    final DecimalColumn quoteVolumes;
    private final BitSet known;
    private final BitSet traded;
    private final BitSet closed;
    private final long[] counts;
    private final long[] firstIds;
    private final long[] lastIds;
    private final long[] lastTimes;

    /** Almost always 0, so there is no column for it. */
    private final Map<Integer, Long> revisions = new HashMap<>();

    Minutes(int slots) {
        opens = new DecimalColumn(slots);
        highs = new DecimalColumn(slots);
        lows = new DecimalColumn(slots);
        volumes = new DecimalColumn(slots);
        quoteVolumes = new DecimalColumn(slots);
        known = new BitSet(slots);
        traded = new BitSet(slots);
        closed = new BitSet(slots);
        counts = new long[slots];
        firstIds = new long[slots];
        lastIds = new long[slots];
        lastTimes = new long[slots];
    }

    void put(int slot, Candle candle) {
        opens.set(slot, candle.open());
        highs.set(slot, candle.high());
        lows.set(slot, candle.low());
        volumes.set(slot, candle.volume());
        quoteVolumes.set(slot, candle.quoteVolume());
        known.set(slot);
        traded.set(slot, !candle.isFlat());
        closed.set(slot, candle.closed());
        counts[slot] = candle.count();
        firstIds[slot] = candle.firstTradeId();
        lastIds[slot] = candle.lastId();
        lastTimes[slot] = candle.lastTime();
        if (candle.revision() == 0) {
            revisions.remove(slot);
        } else {
            revisions.put(slot, candle.revision());
        }
    }

    void clear(int slot) {
        known.clear(slot);
        traded.clear(slot);
        opens.set(slot, BigDecimal.ZERO);
        highs.set(slot, BigDecimal.ZERO);
        lows.set(slot, BigDecimal.ZERO);
        volumes.set(slot, BigDecimal.ZERO);
        quoteVolumes.set(slot, BigDecimal.ZERO);
        revisions.remove(slot);
    }

    boolean isKnown(int slot) {
        return known.get(slot);
    }

    boolean isTraded(int slot) {
        return traded.get(slot);
    }

    /** The slot with trades at or behind one, around the ring; there has to be one. */
    int nextTraded(int slot) {
        int next = traded.nextSetBit(slot);
        return next >= 0 ? next : traded.nextSetBit(0);
    }

    /** The slot with trades at or before one, around the ring; there has to be one. */
    int previousTraded(int slot) {
        int previous = traded.previousSetBit(slot);
        return previous >= 0 ? previous : traded.length() - 1;
    }

    long count(int slot) {
        return counts[slot];
    }

    long firstId(int slot) {
        return firstIds[slot];
    }

    long lastId(int slot) {
        return lastIds[slot];
    }

    Version version(int slot) {
        return new Version(
                revisions.getOrDefault(slot, 0L),
                counts[slot],
                lastTimes[slot],
                lastIds[slot],
                closed.get(slot));
    }
}
