package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.tools.replay.TimeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Picks the candles of one symbol and interval that are in order on their own: readable, where
 * their key says, at a time where a candle opens. Reports the others, which are then left out.
 */
final class SoundCandles {

    /** Of two members for one open time the one that knows more is compared. */
    private static final Comparator<Candle> KNOWS_MORE =
            Comparator.comparingLong(Candle::revision)
                    .thenComparingLong(Candle::count)
                    .thenComparingLong(Candle::lastTime)
                    .thenComparingLong(Candle::lastId)
                    .thenComparing(Candle::closed);

    private final String symbol;
    private final OpenTimes times;
    private final Violations violations;

    SoundCandles(String symbol, OpenTimes times, Violations violations) {
        this.symbol = symbol;
        this.times = times;
        this.violations = violations;
    }

    List<Candle> rows(List<MysqlRows.Row> all) {
        List<Candle> rows = new ArrayList<>(all.size());
        for (MysqlRows.Row row : all) {
            Candle candle = row.candle();
            if (!isSound(candle, false)) {
                continue;
            }
            if (row.lastTradeId() != candle.lastTradeId()) {
                report(
                        candle.openTime(),
                        "L",
                        Long.toString(candle.lastTradeId()),
                        null,
                        Long.toString(row.lastTradeId()));
            }
            rows.add(candle);
        }
        return rows;
    }

    NavigableMap<Long, Candle> history(List<RawSeries.Member> members) {
        NavigableMap<Long, Candle> history = new TreeMap<>();
        for (RawSeries.Member member : members) {
            Candle candle = read(member.kline(), "unreadable kline in the history");
            if (candle == null) {
                continue;
            }
            if (member.score().compareTo(BigDecimal.valueOf(candle.openTime())) != 0) {
                report(
                        candle.openTime(),
                        "score",
                        Long.toString(candle.openTime()),
                        member.score().toPlainString(),
                        null);
            }
            Candle other = history.get(candle.openTime());
            if (other != null) {
                report(candle.openTime(), "two members in the history", "one", "two", null);
            }
            if (other == null || KNOWS_MORE.compare(candle, other) > 0) {
                history.put(candle.openTime(), candle);
            }
        }
        return history;
    }

    /** The latest kline, or null if there is none that can be compared. */
    Candle latest(String kline) {
        return kline == null ? null : read(kline, "unreadable latest kline");
    }

    private Candle read(String kline, String trouble) {
        Candle candle;
        try {
            candle = KlineJson.read(kline);
        } catch (IllegalArgumentException e) {
            report(null, trouble, null, kline, null);
            return null;
        }
        if (!candle.symbol().equals(symbol) || !candle.interval().equals(times.code())) {
            report(
                    candle.openTime(),
                    "another series' kline",
                    symbol + " " + times.code(),
                    candle.symbol() + " " + candle.interval(),
                    null);
            return null;
        }
        return isSound(candle, true) ? candle : null;
    }

    private boolean isSound(Candle candle, boolean inRedis) {
        long open = times.openOf(candle.openTime());
        if (open != candle.openTime()) {
            String actual = TimeText.of(candle.openTime());
            report(
                    candle.openTime(),
                    "misaligned open time",
                    TimeText.of(open),
                    inRedis ? actual : null,
                    inRedis ? null : actual);
            return false;
        }
        long close = times.closeOf(open);
        if (close != candle.closeTime()) {
            String actual = Long.toString(candle.closeTime());
            report(
                    open,
                    "T",
                    Long.toString(close),
                    inRedis ? actual : null,
                    inRedis ? null : actual);
        }
        return true;
    }

    private void report(Long open, String what, String expected, String redis, String mysql) {
        violations.add(
                new Violation(
                        Invariant.COMPLETE,
                        new Place(symbol, times.code(), open, open),
                        what,
                        expected,
                        redis,
                        mysql));
    }
}
