package io.kline.demo.check;

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
final class Values {

    private final Series series;
    private final ExpectedCandles expected;
    private final Findings findings;
    private final long lastClosed;
    private final Set<Long> wrong = new HashSet<>();
    private Candle before;

    /**
     * @param expected what the trades make, or null
     */
    Values(Series series, ExpectedCandles expected, Findings findings) {
        this.series = series;
        this.expected = expected;
        this.findings = findings;
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
    Set<Long> check(List<Both> candles) {
        for (Both both : candles) {
            checkClosed(both);
            if (!isRight(both)) {
                wrong.add(both.open());
            }
            before = wrong.contains(both.open()) ? null : both.any();
        }
        checkFirst();
        return wrong;
    }

    /** MySQL holds closed candles only, and in Redis those before a closed one are closed. */
    private void checkClosed(Both both) {
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

    /** The oldest candle of all is one of trades; where trades are known, they tell. */
    private void checkFirst() {
        if (expected == null && !series.rows().isEmpty() && series.rows().get(0).isFlat()) {
            report(
                    Invariant.COMPLETE,
                    series.rows().get(0).openTime(),
                    "the first candle has no trades",
                    null,
                    null,
                    "n 0");
        }
    }

    private boolean isRight(Both both) {
        Candle reference = reference(both);
        Invariant invariant =
                both.isFlat() && reference != null && reference.isFlat()
                        ? Invariant.CARRIED
                        : Invariant.EXACT;
        boolean right = true;
        for (CandleField field : CandleField.values()) {
            if (reference != null && !agree(field, field.of(reference), both)) {
                report(invariant, both, field, field.of(reference));
                right = false;
            } else if (both.isClosedInBoth() && !agree(field, field.of(both.redis()), both)) {
                report(Invariant.AGREED, both, field, null);
                right = false;
            }
        }
        return right;
    }

    /** What the candle must be, or null where that is unknown. */
    private Candle reference(Both both) {
        if (expected != null) {
            return expected.at(both.open());
        }
        if (!both.isFlat()) {
            return null;
        }
        boolean follows =
                before != null
                        && series.times().number(before.openTime()) + 1
                                == series.times().number(both.open());
        return ExpectedCandles.flat(series.times(), both.open(), follows ? before : both.any());
    }

    private static boolean agree(CandleField field, BigDecimal exact, Both both) {
        return (both.redis() == null || field.of(both.redis()).compareTo(exact) == 0)
                && (both.mysql() == null
                        || field.of(both.mysql()).compareTo(field.inMysql(exact)) == 0);
    }

    private void report(Invariant invariant, Both both, CandleField field, BigDecimal exact) {
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
        findings.add(
                new Violation(
                        invariant,
                        series.symbol(),
                        series.times().code(),
                        open,
                        what,
                        expectedValue,
                        redis,
                        mysql));
    }
}
