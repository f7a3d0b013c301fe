package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * When each trade of a load became visible at a probe, counted from the moment at which it was due,
 * not from when it was sent. Thread safe.
 *
 * <p>A candle of a minute says the id of its last trade. With it all trades of the symbol up to
 * that id are visible, since ids grow with the load and the jobs keep the order of a symbol. Late
 * trades and duplicates are not looked at.
 */
final class Visibility {

    private static final long MOST_MICROS = 600_000_000;

    /** The trades of a symbol in their order. */
    private static final class Trades {
        private final List<Long> ids = new ArrayList<>();
        private final List<Long> due = new ArrayList<>();
        private int visible;
    }

    /** A part of the time, with the latencies of the trades that were due in it. */
    private record Window(long from, long until, Histogram micros) {}

    private final Map<String, Trades> bySymbol = new HashMap<>();
    private final List<Window> windows = new ArrayList<>();
    private long left;
    private long lastMicros = Long.MAX_VALUE;

    /**
     * @param load its trades are looked at, from the first on
     * @param records how many it has
     * @param watched which symbols
     */
    Visibility(Load load, long records, Predicate<String> watched) {
        for (long i = 0; i < records; i++) {
            LoadRecord record = load.next();
            String symbol = new String(record.key(), UTF_8);
            if (record.kind() == LoadRecord.Kind.IN_ORDER && watched.test(symbol)) {
                Trades trades = bySymbol.computeIfAbsent(symbol, any -> new Trades());
                trades.ids.add(record.id());
                trades.due.add(record.time());
                left++;
            }
        }
    }

    /** The symbols that are watched. */
    List<String> symbols() {
        return bySymbol.keySet().stream().sorted().toList();
    }

    /** Keeps the latencies of trades that are due in a time apart, ms since the epoch. */
    synchronized Histogram window(long from, long until) {
        Histogram micros = new Histogram(MOST_MICROS, 3);
        windows.add(new Window(from, until, micros));
        return micros;
    }

    /**
     * A candle was seen.
     *
     * @param lastId the last trade in it
     * @param nowMicros when, µs since the epoch
     */
    synchronized void seen(String symbol, long lastId, long nowMicros) {
        Trades trades = bySymbol.get(symbol);
        while (trades.visible < trades.ids.size() && trades.ids.get(trades.visible) <= lastId) {
            long due = trades.due.get(trades.visible++);
            long micros = Math.min(MOST_MICROS, Math.max(0, nowMicros - due * 1_000));
            for (Window window : windows) {
                if (due >= window.from && due < window.until) {
                    window.micros.recordValue(micros);
                }
            }
            lastMicros = micros;
            left--;
        }
    }

    /** Number of trades that were not seen yet. */
    synchronized long left() {
        return left;
    }

    /** Whether the trade that became visible last has taken at most so long; false before one. */
    synchronized boolean lastIsWithin(long micros) {
        return lastMicros <= micros;
    }
}
