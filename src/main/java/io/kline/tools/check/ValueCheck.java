package io.kline.tools.check;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;

/**
 * What candles hold: closed where they must be (I1), the fold of their trades (I2), or carried
 * (I3), and the same in both stores (I5). A wrong field is reported once, under the first invariant
 * that it breaks.
 */
final class ValueCheck {

    private final ComparedSeries series;
    private final ReferenceCandles expected;
    private final Violations violations;
    private final long lastClosed;
    private final Set<Long> wrong = new HashSet<>();
    private Candle before;

    /**
     * @param expected what the trades make, or null
     */
    ValueCheck(ComparedSeries series, ReferenceCandles expected, Violations violations) {
        this.series = series;
        this.expected = expected;
        this.violations = violations;
        this.lastClosed = lastClosed(series.recent());
    }

    private static long lastClosed(NavigableMap<Long, Candle> candles) {
        return candles.descendingMap().values().stream()
                .filter(Candle::closed)
                .mapToLong(Candle::openTime)
                .findFirst()
                .orElse(Long.MIN_VALUE);
    }

    /**
     * Checks all candles.
     *
     * @return open times of those that are wrong
     */
    Set<Long> check(List<StoredPair> candles) {
        for (StoredPair both : candles) {
            checkClosed(both);
            if (!isRight(both)) {
                wrong.add(both.open());
            }
            before = wrong.contains(both.open()) ? null : both.any();
        }
        return wrong;
    }

    /** MySQL holds closed candles only, and in Redis those before a closed one are closed. */
    private void checkClosed(StoredPair both) {
        Candle redis = both.redis();
        Candle mysql = both.mysql();
        boolean inRedis =
                redis == null || redis.closed() || mysql == null && redis.openTime() > lastClosed;
        boolean inMysql = mysql == null || mysql.closed();
        if (!inRedis || !inMysql) {
            report(
                    Invariant.COMPLETE,
                    both.open(),
                    "x",
                    "true",
                    redis == null ? null : Boolean.toString(redis.closed()),
                    mysql == null ? null : Boolean.toString(mysql.closed()));
        }
    }

    private boolean isRight(StoredPair both) {
        Candle redisMust = both.redis() == null ? null : reference(both.redis(), both);
        Candle mysqlMust = both.mysql() == null ? null : reference(both.mysql(), both);
        boolean right = true;
        for (CandleField field : CandleField.values()) {
            boolean isOfTrades = CandleField.OF_TRADES.contains(field);
            if (isOfTrades && redisMust != null && !isInRedis(field, redisMust, both)) {
                report(both, field, redisMust);
                right = false;
            } else if (isOfTrades && mysqlMust != null && !isInMysql(field, mysqlMust, both)) {
                report(both, field, mysqlMust);
                right = false;
            } else if ((redisMust == null || !isOfTrades)
                    && both.isClosedInBoth()
                    && !isInMysql(field, both.redis(), both)) {
                report(Invariant.AGREED, both, field, null);
                right = false;
            }
        }
        return right;
    }

    /** What a store's candle must be, or null where that is unknown. */
    private Candle reference(Candle stored, StoredPair both) {
        if (expected != null) {
            return expected.nearestTo(stored);
        }
        if (!both.isFlat()) {
            return null;
        }
        boolean follows =
                before != null
                        && series.times().number(before.openTime()) + 1
                                == series.times().number(both.open());
        return ReferenceCandles.flat(series.times(), both.open(), follows ? before : both.any());
    }

    private static boolean isInRedis(CandleField field, Candle exact, StoredPair both) {
        return field.of(both.redis()).compareTo(field.of(exact)) == 0;
    }

    private static boolean isInMysql(CandleField field, Candle exact, StoredPair both) {
        return field.of(both.mysql()).compareTo(field.inMysql(field.of(exact))) == 0;
    }

    private void report(StoredPair both, CandleField field, Candle must) {
        Invariant invariant = both.isFlat() && must.isFlat() ? Invariant.CARRIED : Invariant.EXACT;
        report(invariant, both, field, field.of(must));
    }

    private void report(Invariant invariant, StoredPair both, CandleField field, BigDecimal exact) {
        report(
                invariant,
                both.open(),
                field.code,
                exact == null ? null : exact.stripTrailingZeros().toPlainString(),
                both.inRedis(field),
                both.inMysql(field));
    }

    private void report(
            Invariant invariant,
            long open,
            String what,
            String expectedValue,
            String redis,
            String mysql) {
        violations.add(
                new Violation(
                        invariant,
                        Place.candle(series.symbol(), series.times().code(), open),
                        what,
                        expectedValue,
                        redis,
                        mysql));
    }
}
