package io.kline.history;

import io.kline.model.CandleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What late trades changed, or had changed when they were applied before, and what they did not.
 */
final class Corrected {

    /**
     * Neighbouring candles of one symbol and interval.
     *
     * @param first the oldest
     * @param end open time of the one after the newest, ms
     */
    record Stretch(CandleKey first, long end) {}

    private final SortedSet<CandleKey> candles = new TreeSet<>();
    private final List<Stretch> flats = new ArrayList<>();
    private final List<Dispute> disputes = new ArrayList<>();
    private int applied;
    private int alreadyApplied;
    private int withoutCandle;
    private int carried;

    /** The candles that late trades belong to, and flat ones that follow them. */
    SortedSet<CandleKey> candles() {
        return candles;
    }

    /** More flat candles that follow them; as stretches, because a gap may be of any length. */
    List<Stretch> flats() {
        return flats;
    }

    /** For each late trade that was not applied, why its candle is disputed. */
    List<Dispute> disputes() {
        return disputes;
    }

    /** How many late trades were applied. */
    int applied() {
        return applied;
    }

    /** How many the ledger had already. */
    int alreadyApplied() {
        return alreadyApplied;
    }

    /** How many had no stored candle and may not make one. */
    int withoutCandle() {
        return withoutCandle;
    }

    /** How many flat candles were written. */
    int carried() {
        return carried;
    }

    void applied(CandleKey candle) {
        candles.add(candle);
        applied++;
    }

    void alreadyApplied(CandleKey candle) {
        candles.add(candle);
        alreadyApplied++;
    }

    void foundNoCandle() {
        withoutCandle++;
    }

    void disputed(Dispute dispute) {
        disputes.add(dispute);
    }

    void carried(List<CandleKey> flatCandles) {
        candles.addAll(flatCandles);
    }

    void carried(Stretch stretch) {
        flats.add(stretch);
    }

    void written(int written) {
        carried += written;
    }

    /** Adds what has to be sent. */
    void add(Corrected other) {
        candles.addAll(other.candles);
        flats.addAll(other.flats);
    }
}
