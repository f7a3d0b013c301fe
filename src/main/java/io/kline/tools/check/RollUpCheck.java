package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * I5: a larger candle is the fold of its minutes. Looks at candles whose minutes are all there and
 * at those that are older than all minutes, and leaves out those that something else has been
 * reported of.
 */
final class RollUpCheck {

    /** Largest error that rounding one value to MySQL's scale makes. */
    private static final BigDecimal HALF_UNIT = BigDecimal.valueOf(5, CandleField.SCALE + 1);

    private final OpenTimes minuteTimes;
    private final List<StoredPair> minutes;
    private final Set<Long> wrongMinutes;
    private final boolean areWhole;
    private final Violations violations;

    /**
     * @param minutes the 1m candles, oldest first
     * @param wrongMinutes open times of those that are known to be wrong
     * @param areWhole whether the first minute is the symbol's first
     */
    RollUpCheck(
            OpenTimes minuteTimes,
            List<StoredPair> minutes,
            Set<Long> wrongMinutes,
            boolean areWhole,
            Violations violations) {
        this.minuteTimes = minuteTimes;
        this.minutes = minutes;
        this.wrongMinutes = wrongMinutes;
        this.areWhole = areWhole;
        this.violations = violations;
    }

    /**
     * Checks the candles of one larger interval.
     *
     * @param candles oldest first
     * @param wrong open times of those that are known to be wrong
     * @param stretches in which there are minutes
     */
    void check(
            ComparedSeries series, List<StoredPair> candles, Set<Long> wrong, Stretches stretches) {
        RequiredOpenTimes required = new RequiredOpenTimes(stretches, minuteTimes);
        int from = 0;
        for (int i = 0; i < candles.size(); i++) {
            long open = candles.get(i).open();
            long close = series.times().closeOf(open);
            while (from < minutes.size() && minutes.get(from).open() < open) {
                from++;
            }
            int to = from;
            while (to < minutes.size() && minutes.get(to).open() <= close) {
                to++;
            }
            boolean startsHere = from == 0 && to > 0;
            boolean endsHere = i == candles.size() - 1 && to == minutes.size();
            List<StoredPair> parts = minutes.subList(from, to);
            if (areWhole && isInFrontOfAllMinutes(close) && !candles.get(i).any().isFlat()) {
                report(series, candles.get(i), "1m candles of its trades", "some", "none", "none");
            }
            if (!wrong.contains(open)
                    && !parts.isEmpty()
                    && (!startsHere || areWhole || parts.get(0).open() == open)
                    && parts.stream().noneMatch(part -> wrongMinutes.contains(part.open()))) {
                long last = endsHere ? parts.get(parts.size() - 1).open() : close;
                long due = required.count(minuteTimes.number(open), minuteTimes.number(last));
                if (parts.size() == due) {
                    compare(series, candles.get(i), parts);
                }
            }
            from = to;
        }
    }

    private void compare(ComparedSeries series, StoredPair candle, List<StoredPair> parts) {
        Candle folded = fold(series.times(), candle.open(), parts);
        long rounded = parts.stream().filter(part -> part.redis() == null).count();
        long roundings = rounded + (candle.redis() == null ? 1 : 0);
        for (CandleField field : CandleField.OF_TRADES) {
            BigDecimal expected = field.of(folded);
            BigDecimal error = field.of(candle.any()).subtract(expected).abs();
            BigDecimal allowed =
                    field.isQuote()
                            ? HALF_UNIT.multiply(BigDecimal.valueOf(roundings))
                            : BigDecimal.ZERO;
            if (error.compareTo(allowed) > 0) {
                report(
                        series,
                        candle,
                        field.code + " of its 1m candles",
                        expected.stripTrailingZeros().toPlainString(),
                        candle.inRedis(field),
                        candle.inMysql(field));
            }
        }
    }

    /** Nothing else shows that the oldest minutes are missing. */
    private boolean isInFrontOfAllMinutes(long close) {
        return !minutes.isEmpty() && close < minutes.get(0).open();
    }

    private void report(
            ComparedSeries series,
            StoredPair candle,
            String what,
            String expected,
            String redis,
            String mysql) {
        violations.add(
                new Violation(
                        Invariant.AGREED,
                        Place.candle(series.symbol(), series.times().code(), candle.open()),
                        what,
                        expected,
                        redis,
                        mysql));
    }

    private static Candle fold(OpenTimes times, long open, List<StoredPair> parts) {
        Candle last = parts.get(parts.size() - 1).any();
        List<Candle> traded =
                parts.stream().map(StoredPair::any).filter(candle -> !candle.isFlat()).toList();
        if (traded.isEmpty()) {
            return ReferenceCandles.flat(times, open, last);
        }
        Candle first = traded.get(0);
        Candle lastTraded = traded.get(traded.size() - 1);
        return new Candle(
                new CandleKey(last.symbol(), times.code(), open),
                times.closeOf(open),
                new Ohlcv(
                        new TradeRef(first.firstTime(), first.firstTradeId()),
                        new TradeRef(lastTraded.lastTime(), lastTraded.lastId()),
                        first.open(),
                        traded.stream().map(Candle::high).reduce(first.high(), BigDecimal::max),
                        traded.stream().map(Candle::low).reduce(first.low(), BigDecimal::min),
                        lastTraded.close(),
                        sum(traded, Candle::volume),
                        sum(traded, Candle::quoteVolume),
                        sum(traded, Candle::takerBuyVolume),
                        sum(traded, Candle::takerBuyQuoteVolume),
                        traded.stream().mapToLong(Candle::count).sum()),
                true);
    }

    private static BigDecimal sum(List<Candle> candles, Function<Candle, BigDecimal> field) {
        return candles.stream().map(field).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
