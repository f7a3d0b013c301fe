package io.kline.store.heal;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.WatchedRedis;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills histories in Redis that are short or have holes, from MySQL. Needs a few questions to Redis
 * per symbol and interval; MySQL is asked where something may be missing. Any number of them may
 * run, beside any writer. Used by one thread.
 */
public final class HistoryHealer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryHealer.class);

    /** Some 60 ms of one CPU of Redis in each second: live candles do not wait. */
    static final int CANDLES_PER_SECOND = 10_000;

    /** Redis does nothing else for about one millisecond. */
    static final int CANDLES_PER_CALL = 200;

    private static final int SYMBOLS_AT_ONCE = 50;

    /** Whether MySQL is up to date is known with its next checkpoint: seconds, for as many. */
    private static final int SUSPECTS_AT_ONCE = 15_000;

    /**
     * A server that has gone back to an older state has old versions as well: the candle that was
     * the latest then, and those that were to be closed or still took trades.
     */
    private static final int COMPARED = 20;

    private final List<Interval> intervals;
    private final RedisHistories redis;
    private final HistoryTable table;
    private final UpToDate upToDate;
    private final LostLatest lostLatest;
    private final Gaps gaps;
    private final Pace pace;
    private final IntConsumer healed;

    /** The servers that have failed in this look, and how. They are not asked again. */
    private final Map<Object, IOException> failed = new LinkedHashMap<>();

    /** What {@link #epoch} was when the newest candles of a symbol were compared. */
    private final Map<String, Long> comparedIn = new HashMap<>();

    /** That of {@link RedisHistories#epoch} in this look. */
    private long epoch;

    /** What the look has found and not healed yet. */
    private final List<Suspect> suspects = new ArrayList<>();

    private final Map<String, List<HeldHistory>> overdue = new LinkedHashMap<>();

    /** A series that may lack candles, or have old versions of them. */
    private record Suspect(String symbol, HeldHistory history, boolean hasGaps) {}

    private interface Healing {
        void run() throws IOException, SQLException, InterruptedException;
    }

    /**
     * Connects at the first look.
     *
     * @param upToDate asked before anything is written
     * @param healed receives the number of candles brought back, after each series
     */
    public static HistoryHealer open(HealSettings settings, UpToDate upToDate, IntConsumer healed) {
        return new HistoryHealer(
                settings,
                new RedisHistories(
                        new WatchedRedis(
                                settings.redis(), KlineScript.bringingBack(settings.redis())),
                        settings.redis()),
                upToDate,
                new Pace(CANDLES_PER_SECOND, System::nanoTime, TimeUnit.NANOSECONDS::sleep),
                healed);
    }

    HistoryHealer(
            HealSettings settings,
            RedisHistories redis,
            UpToDate upToDate,
            Pace pace,
            IntConsumer healed) {
        this.intervals = settings.intervals();
        this.redis = redis;
        this.table = new HistoryTable(settings.mysql());
        this.gaps = new Gaps(table, redis, settings.redis().historySize());
        this.upToDate = upToDate;
        this.lostLatest =
                new LostLatest(settings.carryFor().toMillis(), settings.patience().toNanos());
        this.pace = pace;
        this.healed = healed;
    }

    /**
     * Looks at all series of all stored symbols once, and heals them. The first look, and the next
     * one after a server may have lost something, compare versions as well: of the newest candles
     * of each series. Those before a gap are compared always.
     *
     * @return how many symbols lack a latest kline
     * @throws IOException if Redis, or whoever knows how far MySQL is, gives no answer, or if MySQL
     *     is behind while something is missing. Where one server of several fails, the symbols of
     *     the others have been healed before.
     * @throws SQLException if MySQL gives none
     */
    public int look() throws IOException, SQLException, InterruptedException {
        gaps.beginLook();
        failed.clear();
        suspects.clear();
        overdue.clear();
        Set<String> known = new HashSet<>();
        attempt(RedisKeys.SYMBOLS, () -> known.addAll(redis.symbols()));
        epoch = redis.epoch();
        int lacking = 0;
        List<String> symbols = table.symbolsAfter("", SYMBOLS_AT_ONCE);
        while (!symbols.isEmpty()) {
            lacking += look(symbols, known);
            if (suspects.size() + overdue.size() >= SUSPECTS_AT_ONCE) {
                heal();
            }
            symbols = table.symbolsAfter(symbols.get(symbols.size() - 1), SYMBOLS_AT_ONCE);
        }
        heal();
        for (IOException failure : failed.values()) {
            throw failure;
        }
        return lacking;
    }

    @Override
    public void close() {
        redis.close();
        table.close();
    }

    /** Does something at the server of a key, unless that has failed. */
    private void attempt(String key, Healing healing) throws SQLException, InterruptedException {
        Object server = redis.server(key);
        if (!failed.containsKey(server)) {
            try {
                healing.run();
            } catch (IOException e) {
                failed.put(server, e);
            }
        }
    }

    /** Adds to what has to be healed, and returns how many lack a latest kline. */
    private int look(List<String> symbols, Set<String> known)
            throws IOException, SQLException, InterruptedException {
        Map<String, List<HeldHistory>> held = redis.held(symbols, intervals);
        attempt(RedisKeys.SYMBOLS, () -> announce(held, known));
        int lacking = 0;
        for (Map.Entry<String, List<HeldHistory>> one : held.entrySet()) {
            String symbol = one.getKey();
            boolean isCompared = Objects.equals(comparedIn.get(symbol), epoch);
            boolean isLacking = one.getValue().stream().anyMatch(HeldHistory::lacksLatest);
            lacking += isLacking ? 1 : 0;
            if (lostLatest.isOverdue(symbol, isLacking, System.nanoTime())) {
                // An added interval may lack its first candle for weeks: nothing is lost then.
                if (lost(symbol, one.getValue()).isEmpty()) {
                    lostLatest.postpone(symbol, System.nanoTime());
                } else {
                    overdue.put(symbol, one.getValue());
                }
            }
            for (HeldHistory history : one.getValue()) {
                boolean hasGaps = !history.lacksLatest() && gaps.isThere(symbol, history);
                if (hasGaps || !isCompared && !history.lacksLatest()) {
                    suspects.add(new Suspect(symbol, history, hasGaps));
                }
            }
        }
        return lacking;
    }

    private void heal() throws IOException, SQLException, InterruptedException {
        if (suspects.isEmpty() && overdue.isEmpty()) {
            return;
        }
        if (!upToDate.await()) {
            throw new IOException("MySQL is behind the topic of klines");
        }
        for (Suspect one : suspects) {
            String key = RedisKeys.history(one.symbol, one.history.interval().code());
            attempt(key, () -> heal(one));
        }
        for (Suspect one : suspects) {
            String key = RedisKeys.history(one.symbol, one.history.interval().code());
            if (!failed.containsKey(redis.server(key))) {
                comparedIn.put(one.symbol, epoch);
            }
        }
        for (Map.Entry<String, List<HeldHistory>> one : overdue.entrySet()) {
            String key = RedisKeys.latest(one.getKey(), intervals.get(0).code());
            attempt(key, () -> restoreLatest(one.getKey(), one.getValue()));
        }
        suspects.clear();
        overdue.clear();
    }

    /** A symbol is known when it has a candle. */
    private void announce(Map<String, List<HeldHistory>> held, Set<String> known)
            throws IOException {
        List<String> unknown = new ArrayList<>();
        held.forEach(
                (symbol, histories) -> {
                    boolean hasCandle = histories.stream().anyMatch(one -> !one.lacksLatest());
                    if (hasCandle && !known.contains(symbol)) {
                        unknown.add(symbol);
                    }
                });
        if (!unknown.isEmpty()) {
            redis.announce(unknown);
        }
    }

    private void heal(Suspect one) throws IOException, SQLException, InterruptedException {
        String symbol = one.symbol;
        HeldHistory history = one.history;
        List<Long> missing =
                one.hasGaps
                        ? gaps.of(symbol, history, COMPARED)
                        : gaps.newest(symbol, history, COMPARED);
        int brought = 0;
        // The newest first: what readers ask for most is back first.
        for (int from = 0; from < missing.size(); from += CANDLES_PER_CALL) {
            List<Long> some =
                    missing.subList(from, Math.min(missing.size(), from + CANDLES_PER_CALL));
            List<Candle> candles = table.candles(symbol, history.interval(), some);
            if (!candles.isEmpty()) {
                pace.await(candles.size());
                brought += redis.bringBack(symbol, candles);
            }
        }
        if (brought > 0) {
            LOG.debug(
                    "Brought {} candles of {} {} back to Redis",
                    brought,
                    symbol,
                    history.interval());
            healed.accept(brought);
        }
    }

    /** The latest candles of a symbol at rest that Redis has lost. */
    private List<Candle> lost(String symbol, List<HeldHistory> held) throws SQLException {
        List<Candle> last = new ArrayList<>(lostLatest.last(table.newest(symbol, intervals)));
        last.removeIf(
                candle ->
                        held.stream()
                                .filter(one -> !one.lacksLatest())
                                .anyMatch(one -> one.interval().code().equals(candle.interval())));
        return last;
    }

    private void restoreLatest(String symbol, List<HeldHistory> held)
            throws IOException, SQLException {
        List<Candle> last = lost(symbol, held);
        if (!last.isEmpty()) {
            LOG.info("Brought the latest candles of {} back to Redis: it is at rest", symbol);
            redis.restoreLatest(symbol, last);
        }
    }
}
