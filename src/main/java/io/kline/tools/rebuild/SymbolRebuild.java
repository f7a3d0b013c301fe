package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.tools.replay.TimeText;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the candles of one symbol with what its minutes make, interval by interval. */
final class SymbolRebuild {

    private static final long NOT_ASKED = -1;

    private final String symbol;
    private final TimeRange range;
    private final Minutes minutes;
    private final Tables tables;
    private final Recent recent;
    private final Corrections corrections;
    private final Limits limits;
    private final long storedNewest;
    private long tradedBehind = NOT_ASKED;
    private long heldBack;

    /**
     * What the candles are judged by.
     *
     * @param lateness {@code kline.allowed-lateness}, ms
     * @param carryFor {@code kline.carry-for}, ms
     * @param now ms
     * @param areStored whether the minutes are stored ones, whose sums of products are rounded
     */
    record Limits(long lateness, long carryFor, long now, boolean areStored) {}

    /**
     * @param storedNewest the highest time of a trade in both stores, ms; {@code Long.MIN_VALUE} if
     *     they have nothing of the symbol
     */
    SymbolRebuild(
            String symbol,
            TimeRange range,
            Minutes minutes,
            Tables tables,
            Recent recent,
            Corrections corrections,
            Limits limits,
            long storedNewest) {
        this.symbol = symbol;
        this.range = range;
        this.minutes = minutes;
        this.tables = tables;
        this.recent = recent;
        this.corrections = corrections;
        this.limits = limits;
        this.storedNewest = storedNewest;
    }

    /**
     * Compares the candles that open in [from, to), ms; both are open times.
     *
     * @param isLocked whether the table's candles stay as they are until the transaction ends
     */
    List<Difference> compare(Interval interval, long from, long to, boolean isLocked)
            throws SQLException, IOException, InterruptedException {
        String code = interval.code();
        NavigableMap<Long, Candle> rows = tables.candles(symbol, code, from, to, isLocked);
        NavigableMap<Long, List<Trade>> ledger = tables.ledger(symbol, code, from, to, false);
        Recent.Kept kept = recent.of(symbol, code, from, to);
        minutes.readOn(from, to, isLocked);
        corrections.readOn();
        Held held = new Held(newest(), limits.lateness(), limits.now());
        NavigableMap<Long, Candle> computed =
                new ExpectedCandles(symbol, interval, limits.carryFor()).of(minutes, from, to);
        NavigableSet<Long> opens = new TreeSet<>(rows.keySet());
        opens.addAll(kept.candles().keySet());
        Optional<Long> foreign = foreign(interval, opens);
        opens.addAll(computed.keySet());
        List<Difference> differences = new ArrayList<>();
        for (long open : opens) {
            long end = interval.nextOpen(interval.openOf(open));
            Candle must = computed.get(open);
            boolean isTraded = must != null && !must.isFlat();
            boolean isSettled =
                    held.isSettled(
                            interval, open, end, isTraded, nextTraded(code, end), kept.latest());
            if (!isSettled && !held.isOver(end)) {
                heldBack += isLocked ? 0 : 1;
                continue;
            }
            Candle row = rows.get(open);
            Candle redis = kept.candles().get(open);
            boolean isStored = row != null || redis != null;
            if (isStored && !isTraded && !minutes.isKnownBefore(open)) {
                // In front of the first trade: others may know more.
                continue;
            }
            CandleKey key = new CandleKey(symbol, code, open);
            Verdict verdict = new Verdict(key, row, redis, slack(open, end));
            verdict.ledger(
                    ledger.getOrDefault(open, List.of()),
                    must == null || hasOwnLedger(isSettled, row, must, end)
                            ? List.of()
                            : late(key, end),
                    minutes);
            Difference difference = must == null ? verdict.superfluous() : verdict.of(must);
            if (!difference.texts().isEmpty()) {
                Difference allowed =
                        allowed(
                                difference,
                                verdict,
                                must,
                                end,
                                isSettled || must != null && verdict.isOnlyUnfinished(must));
                differences.add(foreign.map(other -> unaligned(allowed, other)).orElse(allowed));
            }
        }
        return differences;
    }

    /**
     * Whether late trades of the minutes that a candle is compared with need not be late for it. It
     * may be right already: then its ledger is, too. Or the live job may still issue it.
     *
     * <p>Of trades it is known how late they are for the candle itself. The live job passes them on
     * as late ones, wherever it is on the topic.
     */
    private boolean hasOwnLedger(boolean isSettled, Candle row, Candle must, long end) {
        boolean isRight =
                row != null && Field.differences(row, must, slack(must.openTime(), end)).isEmpty();
        return limits.areStored() && (isRight || !isSettled);
    }

    /**
     * The late trades of a candle. Those that are on their way to the corrector are late as well:
     * it passes over what the ledger has, and would dispute a candle that holds them otherwise.
     */
    private Collection<Trade> late(CandleKey key, long end) {
        Map<Long, Trade> late = new TreeMap<>();
        minutes.late(key.openTime(), end).forEach(one -> late.put(one.id(), one));
        corrections.of(key).stream()
                .filter(minutes::has)
                .forEach(one -> late.putIfAbsent(one.id(), one));
        return late.values();
    }

    /**
     * The candle that opens at a time, ms, if it is flat and carries something else than the last
     * trade before it: it is not compared, and may be corrected by nobody.
     */
    Optional<CandleKey> staleBehind(Interval interval, long open) throws SQLException {
        long end = interval.nextOpen(open);
        if (!minutes.isKnownBefore(open)
                || !new Held(newest(), limits.lateness(), limits.now()).isOver(end)) {
            return Optional.empty();
        }
        Candle must =
                new ExpectedCandles(symbol, interval, limits.carryFor())
                        .of(minutes, open, end)
                        .get(open);
        Candle row = tables.candles(symbol, interval.code(), open, end, false).get(open);
        boolean isStale =
                must != null
                        && row != null
                        && must.isFlat()
                        && row.isFlat()
                        && !row.ohlcv().last().equals(must.ohlcv().last());
        return isStale ? Optional.of(row.key()) : Optional.empty();
    }

    /** Candles that were passed over, because the live job still holds them. */
    long heldBack() {
        return heldBack;
    }

    /** A stored open time of another offset. A few among others are only superfluous. */
    private static Optional<Long> foreign(Interval interval, Set<Long> stored) {
        List<Long> foreign = stored.stream().filter(open -> interval.openOf(open) != open).toList();
        return 2 * foreign.size() > stored.size() ? foreign.stream().findFirst() : Optional.empty();
    }

    /** With another offset every candle of a day would be removed, and made anew elsewhere. */
    private static Difference unaligned(Difference difference, long open) {
        return difference.refused(
                "a stored candle opens at "
                        + TimeText.of(open)
                        + ", which kline.zone-offset does not have");
    }

    private Difference allowed(
            Difference difference, Verdict verdict, Candle must, long end, boolean isFree) {
        Optional<String> lacking =
                minutes.refusal(difference.key().openTime(), end, verdict.stored());
        if (lacking.isPresent()) {
            return difference.refused(lacking.get());
        }
        if (limits.areStored() && !difference.dropped().isEmpty()) {
            return difference.refused("the ledgers of it and of its minutes differ");
        }
        if (limits.areStored() && verdict.isRedisAhead(must)) {
            return difference.refused("Redis has a later version than the table");
        }
        return isFree ? difference : difference.refused("the live job still holds it");
    }

    /** The live job has come as far as the trades on its topic, and as far as the stores show. */
    private long newest() {
        return minutes instanceof TradedMinutes trades && trades.areLive()
                ? Math.max(trades.newest(), storedNewest)
                : storedNewest;
    }

    /** The first minute with trades from a time on, ms; behind the range the table is asked. */
    private long nextTraded(String code, long from) throws SQLException {
        long next = minutes.nextTraded(from);
        if (next != Long.MAX_VALUE) {
            return next;
        }
        if (tradedBehind == NOT_ASKED) {
            tradedBehind = tables.firstTraded(symbol, code, range.to());
        }
        return tradedBehind;
    }

    private long slack(long open, long end) {
        return limits.areStored() ? (end - open) / TimeRange.MINUTE : 0;
    }
}
