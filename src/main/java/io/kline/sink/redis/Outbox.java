package io.kline.sink.redis;

import io.kline.model.Candle;
import io.kline.sink.redis.PendingCandles.Added;
import io.kline.store.redis.ChangedCandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server of Redis has not acknowledged: what is ready to be sent, the batch in flight, and
 * what failed and rests until it is tried again.
 *
 * <p>All intervals of a symbol are sent together: readers find the same trades in all of them. So
 * does a start without state, but for candles that {@code kline.refresh} lets wait. It takes the
 * lowest of their last trade ids for counted everywhere, and what is above it interval by interval
 * ({@code candle.TakeOver}).
 *
 * <p>A waiting candle takes some 95 bytes. Nothing is dropped that Redis would keep: a history with
 * a hole is wrong, and nothing else would close it.
 *
 * <p>A snapshot copies bytes that are kept from one to the next. Only what was added in between has
 * to be converted.
 */
final class Outbox {

    /** Eight batches, 8 MB: as long as Redis keeps up nothing has to be converted. */
    private static final int MOST_LOOSE = 16_384;

    /** Some 50 ms of work for Redis. A fresh candle waits for the batch in flight. */
    private static final int BATCH_CANDLES = 2_048;

    private static final int CALL_CANDLES = 256;

    private final int perInterval;
    private final PendingCandles ready;
    private final Set<String> newSymbols = new LinkedHashSet<>();
    private Batch inFlight = Batch.NONE;
    private int inFlightSize;
    private final PendingCandles resting;
    private final Set<String> restingNewSymbols = new LinkedHashSet<>();

    /** Symbols of which a whole call failed: their other candles need not be tried before. */
    private final Set<String> restingSymbols = new HashSet<>();

    /**
     * @param perInterval how many candles of one symbol and interval are kept, at least 1
     */
    Outbox(int perInterval) {
        this.perInterval = perInterval;
        this.ready = new PendingCandles(perInterval, MOST_LOOSE);
        this.resting = new PendingCandles(perInterval, 0);
    }

    /** Another one of the same kind, empty. */
    Outbox another() {
        return new Outbox(perInterval);
    }

    /** Takes a candle, however many there are. */
    Added add(Candle candle) {
        return (restingSymbols.contains(candle.symbol()) ? resting : ready).add(candle);
    }

    /** Takes symbols that have to be added to the set of known ones. */
    void announce(Collection<String> symbols) {
        newSymbols.addAll(symbols);
    }

    /** Whether a batch could be sent now. */
    boolean hasReady() {
        return !ready.isEmpty() || !newSymbols.isEmpty();
    }

    /** Whether something waits for {@link #wake}. */
    boolean hasResting() {
        return !resting.isEmpty() || !restingNewSymbols.isEmpty();
    }

    /** Whether everything has been acknowledged. */
    boolean isEmpty() {
        return !hasReady() && !hasResting() && inFlight == Batch.NONE;
    }

    /** The next batch, which is in flight from now on; there must be none. */
    Batch send() {
        inFlight = new Batch(ready.take(BATCH_CANDLES, CALL_CANDLES), List.copyOf(newSymbols));
        inFlightSize = inFlight.size();
        newSymbols.clear();
        return inFlight;
    }

    /**
     * The batch that was in flight. It counts as acknowledged but for what comes back by {@link
     * #add}, {@link #announce} or one of the {@code rest} methods.
     */
    Batch landed() {
        Batch landed = inFlight;
        inFlight = Batch.NONE;
        inFlightSize = 0;
        return landed;
    }

    /** A whole call failed: all that waits of its symbol rests with it. */
    void rest(ChangedCandles changed) {
        restingSymbols.add(changed.symbol());
        resting.addAll(changed.symbol(), ready);
        changed.candles().forEach(resting::add);
    }

    /** One candle failed; others of its symbol may be written. */
    void rest(Candle candle) {
        resting.add(candle);
    }

    /** Symbols could not be added to the set of known ones. */
    void restAnnounced(Collection<String> symbols) {
        restingNewSymbols.addAll(symbols);
    }

    /** Makes ready what rests. */
    void wake() {
        ready.addAll(resting);
        restingSymbols.clear();
        newSymbols.addAll(restingNewSymbols);
        restingNewSymbols.clear();
    }

    /**
     * All candles that are not acknowledged. One may be in it twice, in flight and as what waits
     * behind that; {@link #restore} keeps the higher version.
     */
    List<UnwrittenCandles> snapshot() {
        PendingCandles sent = new PendingCandles(perInterval, 0);
        inFlight.changed().forEach(changed -> changed.candles().forEach(sent::add));
        List<UnwrittenCandles> all = new ArrayList<>(sent.snapshot());
        all.addAll(resting.snapshot());
        all.addAll(ready.snapshot());
        return all;
    }

    /** Takes what another one had at its snapshot. */
    void restore(UnwrittenCandles unwritten) {
        unwritten.candles().forEach(this::add);
    }

    /** How many candles are not acknowledged. */
    int size() {
        return ready.size() + resting.size() + inFlightSize;
    }

    /** What they take in memory, bytes, estimated. */
    long bytes() {
        return ready.bytes() + resting.bytes() + (long) inFlightSize * WaitingSeries.LOOSE_BYTES;
    }
}
