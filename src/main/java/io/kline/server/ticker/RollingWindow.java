package io.kline.server.ticker;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The last 24 hours of one symbol, made of its candles of a minute: the minute under way and the
 * 1,440 before it. Exact to the minute; sums are exact decimals.
 *
 * <p>A candle may come in any order and again in a higher version, and costs the same whatever the
 * window holds: sums are corrected by the difference, extremes come from a tree of winners, the
 * first and the last minute with trades from a set of bits. Candles without trades move nothing but
 * time; the price before them stays the last one. Thread safe; the clock is the caller's.
 */
final class RollingWindow {

    /** Minutes of the window that are over. */
    static final int MINUTES = 24 * 60;

    private static final int SLOTS = MINUTES + 1;
    private static final long MILLIS = 60_000;

    private final String symbol;
    private final Minutes minutes = new Minutes(SLOTS);
    private final Winners highest = new Winners(SLOTS, (a, b) -> -minutes.highs.compare(a, b));
    private final Winners lowest = new Winners(SLOTS, (a, b) -> minutes.lows.compare(a, b));
    private BigDecimal volume = BigDecimal.ZERO;
    private BigDecimal quoteVolume = BigDecimal.ZERO;
    private long count;

    /** The last minute of the window, counted from 1970; before the first candle there is none. */
    private long end = Long.MIN_VALUE;

    /** The newest candle there was, also where the window has left it behind. */
    private Candle newest;

    private long changes;

    /** Whether the clock was ahead, and what it has left behind is gone. */
    private boolean isLost;

    RollingWindow(String symbol) {
        this.symbol = symbol;
    }

    /** The open time of a window that ends at a time, both ms. */
    static long openTime(long now) {
        return (Math.floorDiv(now, MILLIS) - MINUTES) * MILLIS;
    }

    /** Takes a candle of a minute, unless it is out of the window or in it in this version. */
    synchronized void accept(Candle candle) {
        long minute = Math.floorDiv(candle.openTime(), MILLIS);
        moveTo(minute);
        boolean isNewest = newest == null || candle.openTime() >= newest.openTime();
        if (minute < end - MINUTES) {
            if (isNewest) {
                newest = candle;
            }
            return;
        }
        int slot = slot(minute);
        if (minutes.isKnown(slot) && candle.version().compareTo(minutes.version(slot)) <= 0) {
            return;
        }
        boolean movesPrice =
                isNewest && (newest == null || newest.close().compareTo(candle.close()) != 0);
        if (movesPrice || !candle.isFlat() || minutes.isTraded(slot)) {
            changes++;
        }
        remove(slot);
        minutes.put(slot, candle);
        if (!candle.isFlat()) {
            volume = volume.add(candle.volume());
            quoteVolume = quoteVolume.add(candle.quoteVolume());
            count += candle.count();
            highest.set(slot, true);
            lowest.set(slot, true);
        }
        if (isNewest) {
            newest = candle;
        }
    }

    /**
     * What the trades did in the 24 hours before a time; nothing if there has been no candle, or
     * the window has to be filled again.
     *
     * @param now ms
     */
    synchronized Optional<TickerStats> stats(long now) {
        follow(now);
        if (newest == null || isLost) {
            return Optional.empty();
        }
        long openTime = (end - MINUTES) * MILLIS;
        if (count == 0) {
            return Optional.of(TickerStats.flat(symbol, newest.close(), openTime, now));
        }
        int first = minutes.nextTraded(slot(end - MINUTES));
        int last = minutes.previousTraded(slot(end));
        return Optional.of(
                new TickerStats(
                        symbol,
                        minutes.opens.get(first),
                        minutes.highs.get(highest.first()),
                        minutes.lows.get(lowest.first()),
                        newest.close(),
                        volume,
                        quoteVolume,
                        openTime,
                        now,
                        minutes.firstId(first),
                        minutes.lastId(last),
                        count));
    }

    /**
     * The average price of the last minutes and the one under way.
     *
     * @param now ms
     * @param length minutes that are over
     */
    synchronized Optional<AveragePrice> average(long now, int length) {
        follow(now);
        if (newest == null || isLost) {
            return Optional.empty();
        }
        BigDecimal base = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        for (long minute = end - length; minute <= end; minute++) {
            int slot = slot(minute);
            if (minutes.isTraded(slot)) {
                base = base.add(minutes.volumes.get(slot));
                quote = quote.add(minutes.quoteVolumes.get(slot));
            }
        }
        return Optional.of(
                new AveragePrice(
                        TickerStats.average(quote, base, newest.close()), newest.lastTime()));
    }

    /** Open time of the newest candle, ms; nothing if there has been none. */
    synchronized Optional<Long> newestOpenTime() {
        return Optional.ofNullable(newest).map(Candle::openTime);
    }

    /**
     * A number that grows with every change of what the window tells, but for the times, until a
     * time.
     *
     * @param now ms
     */
    synchronized long changes(long now) {
        follow(now);
        return changes;
    }

    /** Whether the clock was ahead and has been set back: the window has to be filled again. */
    synchronized boolean isLost() {
        return isLost;
    }

    /** From now on it is filled again. */
    synchronized void refill() {
        isLost = false;
    }

    /** Moves with the clock, and back if that was ahead of itself and of all candles. */
    private void follow(long now) {
        long minute = Math.floorDiv(now, MILLIS);
        long last =
                newest == null
                        ? minute
                        : Math.max(minute, Math.floorDiv(newest.openTime(), MILLIS));
        if (end > last + 1) {
            moveTo(end + SLOTS);
            end = last;
            isLost = true;
        }
        moveTo(minute);
    }

    private void moveTo(long minute) {
        if (minute <= end) {
            return;
        }
        for (long left = Math.max(end + 1, minute - MINUTES); left <= minute; left++) {
            int slot = slot(left);
            if (minutes.isTraded(slot)) {
                changes++;
            }
            remove(slot);
        }
        end = minute;
    }

    private void remove(int slot) {
        if (minutes.isTraded(slot)) {
            volume = volume.subtract(minutes.volumes.get(slot));
            quoteVolume = quoteVolume.subtract(minutes.quoteVolumes.get(slot));
            count -= minutes.count(slot);
            if (count == 0) {
                // Without the fraction digits of what has gone.
                volume = BigDecimal.ZERO;
                quoteVolume = BigDecimal.ZERO;
            }
            highest.set(slot, false);
            lowest.set(slot, false);
        }
        if (minutes.isKnown(slot)) {
            minutes.clear(slot);
        }
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(minute, (long) SLOTS);
    }
}
