package io.kline.candle;

import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The series of one symbol: those of the required intervals in their order, and behind them those
 * of removed ones, each until its current candle takes no more trades.
 */
final class SymbolSeries {

    private List<Series> all;
    private long takenOverUntil;
    private long countedUpTo;
    private Rules alignedTo;
    private List<Refresh> refreshes = List.of();

    SymbolSeries(List<Series> all) {
        have(all);
    }

    /** All of them; the required ones first. */
    List<Series> all() {
        return all;
    }

    /** Which forming candles of the required intervals wait, in their order. */
    List<Refresh> refreshes() {
        return refreshes;
    }

    /** Whether the forming candle of the series at a place waits. */
    Refresh refresh(int i) {
        return i < refreshes.size() ? refreshes.get(i) : Refresh.AT_EVERY_MERGE;
    }

    /** Whether no series has the trade in a candle of an earlier run. */
    boolean allTake(Trade trade) {
        return trade.time() >= takenOverUntil && trade.id() > countedUpTo;
    }

    /**
     * Makes these the intervals of the symbol. An added one begins with its next whole candle; a
     * removed one goes on until its current candle takes no more trades, so that taking it back
     * until then changes nothing. If a trade after that candle comes first, it is as one that is
     * added.
     *
     * @param reached how far the symbol has come, ms
     * @param givenUp candles that end at or before it take no more trades, ms
     * @throws IllegalStateException if the zone offset is not the one that the candles were made
     *     with
     */
    void align(Rules rules, String symbol, long reached, long givenUp) {
        if (alignedTo == rules) {
            return;
        }
        if (alignedTo == null || !alignedTo.refresh().equals(rules.refresh())) {
            refreshes = rules.refresh().stream().map(Refresh::new).toList();
        }
        alignedTo = rules;
        Ohlcv last = last();
        List<Series> aligned = new ArrayList<>(rules.intervals().size());
        for (Interval interval : rules.intervals()) {
            all.forEach(one -> requireSameOffset(one.interval(), interval, symbol));
            aligned.add(seriesOf(interval, last, reached));
        }
        all.stream().filter(one -> !aligned.contains(one)).forEach(aligned::add);
        have(aligned);
        dropRetired(givenUp);
    }

    /**
     * Drops the removed ones that get no more trades and have nothing to issue.
     *
     * @param givenUp candles that end at or before it take no more trades, ms
     */
    void dropRetired(long givenUp) {
        int required = alignedTo.intervals().size();
        if (all.size() > required) {
            List<Series> left = new ArrayList<>(all.subList(0, required));
            all.stream()
                    .skip(required)
                    .filter(one -> isGoing(one) || takesTrades(one, givenUp))
                    .forEach(left::add);
            have(left);
        }
    }

    /** The required ones, and those behind them whose current candle is open. */
    Stream<Series> going() {
        int required = alignedTo.intervals().size();
        return Stream.concat(
                all.stream().limit(required), all.stream().skip(required).filter(this::isGoing));
    }

    /** Whether only a trade can bring another candle of any. */
    boolean areResting(long carryFor) {
        int required = alignedTo.intervals().size();
        for (int i = 0; i < all.size(); i++) {
            Series one = all.get(i);
            if (i < required ? !one.isResting(carryFor) : isGoing(one)) {
                return false;
            }
        }
        return true;
    }

    private static boolean takesTrades(Series one, long givenUp) {
        return one.current() != Series.NONE && one.interval().nextOpen(one.current()) > givenUp;
    }

    /** Whether a removed one has candles to issue, be there trades or not. */
    private boolean isGoing(Series one) {
        return one.nextClose() != Long.MAX_VALUE || one.flats().isWaiting();
    }

    /** The same, sharing nothing that can change. */
    SymbolSeries copy() {
        SymbolSeries copy = new SymbolSeries(all.stream().map(Series::copy).toList());
        copy.alignedTo = alignedTo;
        copy.refreshes = refreshes.stream().map(Refresh::copy).toList();
        return copy;
    }

    private void have(List<Series> series) {
        all = List.copyOf(series);
        takenOverUntil = Series.NONE;
        countedUpTo = -1;
        for (Series one : all) {
            countedUpTo = Math.max(countedUpTo, one.beginning().countedUpTo());
            takenOverUntil = Math.max(takenOverUntil, one.beginning().takenOverUntil());
        }
    }

    /** The flat content behind the newest trade in any of them, or null. */
    private Ohlcv last() {
        return all.stream()
                .map(one -> one.contents().last())
                .filter(Objects::nonNull)
                .reduce(Ohlcv::plus)
                .orElse(null);
    }

    private Series seriesOf(Interval interval, Ohlcv last, long reached) {
        for (Series one : all) {
            // One that was removed for longer than its current candle has missed trades.
            if (one.interval().equals(interval)
                    && (last == null || one.hasReached(last.last().time()))) {
                return one;
            }
        }
        return last == null ? new Series(interval) : Series.addedTo(interval, last, reached);
    }

    private static void requireSameOffset(Interval restored, Interval required, String symbol) {
        if (!restored.offset().equals(required.offset())) {
            throw new IllegalStateException(
                    "kline.zone-offset is "
                            + required.offset()
                            + ", but the restored candles of "
                            + symbol
                            + " were made with "
                            + restored.offset()
                            + "; to change it, start without the old state and on empty stores");
        }
    }
}
