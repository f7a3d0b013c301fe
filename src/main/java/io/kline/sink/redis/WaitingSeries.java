package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.model.Version;
import io.kline.sink.redis.PendingCandles.Added;
import java.util.Arrays;

/**
 * Waiting candles of one symbol and interval: one version, the highest seen, per open time; the
 * newest only.
 *
 * <p>Sorted arrays, since nearly all candles come in order of time: 12 bytes per candle beside its
 * own, where a tree takes 64.
 */
final class WaitingSeries {

    /** What an object of a candle takes, with its place, bytes: measured, and rounded up. */
    static final int LOOSE_BYTES = 512;

    /** What a series takes with its entry of a map, bytes. */
    private static final int OWN_BYTES = 160;

    /** Open time and reference, with what the arrays have in reserve. */
    private static final int PLACE_BYTES = 16;

    private static final int ARRAY_HEADER_BYTES = 16;

    private final String symbol;
    private final String interval;
    private final int most;
    private long[] openTimes = new long[1];

    /**
     * Each is a {@link Candle}, or the {@code byte[]} of one: a common type would cost 16 bytes.
     */
    private Object[] candles = new Object[1];

    private int first;
    private int end;
    private long bytes = OWN_BYTES;
    private int loose;

    /**
     * @param most how many candles are kept, at least 1
     */
    WaitingSeries(String symbol, String interval, int most) {
        this.symbol = symbol;
        this.interval = interval;
        this.most = most;
    }

    /**
     * Adds a candle.
     *
     * @param compact whether it is kept as bytes
     */
    Added add(Candle candle, boolean compact) {
        return put(candle.openTime(), compact ? CompactCandle.write(candle) : candle);
    }

    /** Adds the candles of another series of the same symbol and interval. */
    void addAll(WaitingSeries other) {
        for (int i = other.first; i < other.end; i++) {
            put(other.openTimes[i], other.candles[i]);
        }
    }

    Candle pollOldest() {
        Candle oldest = candle(openTimes[first], candles[first]);
        removeOldest();
        return oldest;
    }

    /** Writes the candles, oldest first. From here on they are kept as bytes: for the next time. */
    void writeTo(CompactOutput out) {
        out.text(interval);
        out.number(size());
        long before = 0;
        for (int i = first; i < end; i++) {
            if (candles[i] instanceof Candle candle) {
                set(i, CompactCandle.write(candle));
            }
            out.number(openTimes[i] - before);
            out.bytes((byte[]) candles[i]);
            before = openTimes[i];
        }
    }

    int size() {
        return end - first;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** What it takes in memory, bytes, estimated. */
    long bytes() {
        return bytes;
    }

    /** How many candles are kept as objects. */
    int loose() {
        return loose;
    }

    private Added put(long openTime, Object value) {
        int found = Arrays.binarySearch(openTimes, first, end, openTime);
        if (found >= 0) {
            if (isHigher(openTime, value, candles[found])) {
                set(found, value);
            }
            return Added.COALESCED;
        }
        int place = -found - 1;
        if (size() < most) {
            insert(place, openTime, value);
            return Added.NEW;
        }
        if (place > first) {
            removeOldest();
            insert(place, openTime, value);
        }
        return Added.TRIMMED;
    }

    private static boolean isHigher(long openTime, Object value, Object other) {
        return version(openTime, value).compareTo(version(openTime, other)) >= 0;
    }

    private static Version version(long openTime, Object value) {
        return value instanceof Candle candle
                ? candle.version()
                : CompactCandle.version(openTime, (byte[]) value);
    }

    private void insert(int place, long openTime, Object value) {
        int at = place;
        if (end == candles.length) {
            at -= first;
            makeRoom();
        }
        System.arraycopy(openTimes, at, openTimes, at + 1, end - at);
        System.arraycopy(candles, at, candles, at + 1, end - at);
        openTimes[at] = openTime;
        candles[at] = value;
        end++;
        account(value, 1);
    }

    /** Moves everything to the front, of larger arrays where these are more than half full. */
    private void makeRoom() {
        int size = size();
        int length = 2 * size > candles.length ? size + size / 2 + 1 : candles.length;
        long[] newTimes = new long[length];
        Object[] newCandles = new Object[length];
        System.arraycopy(openTimes, first, newTimes, 0, size);
        System.arraycopy(candles, first, newCandles, 0, size);
        openTimes = newTimes;
        candles = newCandles;
        first = 0;
        end = size;
    }

    private void set(int place, Object value) {
        account(candles[place], -1);
        candles[place] = value;
        account(value, 1);
    }

    private void removeOldest() {
        account(candles[first], -1);
        candles[first] = null;
        first++;
    }

    private void account(Object value, int sign) {
        if (value instanceof byte[] compact) {
            bytes += sign * (PLACE_BYTES + ARRAY_HEADER_BYTES + (compact.length + 7L) / 8 * 8);
        } else {
            bytes += sign * (long) LOOSE_BYTES;
            loose += sign;
        }
    }

    private Candle candle(long openTime, Object value) {
        return value instanceof Candle candle
                ? candle
                : CompactCandle.read(symbol, interval, openTime, (byte[]) value);
    }
}
