package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What both stores may hold of one symbol at some moment, at random: candles that MySQL does not
 * have yet, a history that is trimmed, emptied, has holes, a latest kline that is gone or old,
 * versions that differ.
 */
final class StoredCase {

    private static final List<String> INTERVALS = List.of("1m", "5m", "1h", "1d", "1w", "1M");
    private static final long START = 1_700_000_000_000L;

    final String symbol;
    final Interval interval;
    final TreeMap<Long, Candle> history = new TreeMap<>();
    final TreeMap<Long, Candle> mysql = new TreeMap<>();
    Candle latest;
    long now;
    private final Random random;
    private final List<Candle> all = new ArrayList<>();

    StoredCase(long seed) {
        random = new Random(seed);
        symbol = "CASE" + seed;
        interval = Interval.parse(pick(INTERVALS), ZoneOffset.UTC);
        long open = interval.openOf(START);
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            long next = interval.nextOpen(open);
            all.add(candle(open, next - 1, i < count - 1));
            open = next;
        }
        latest = all.get(count - 1);
        now = latest.openTime() + 1;
        List<Candle> closed = all.subList(0, count - 1);
        fillMysql(closed);
        fillRedis(closed);
    }

    /** Of each open time the higher version of what is stored. */
    TreeMap<Long, Candle> truth() {
        TreeMap<Long, Candle> truth = new TreeMap<>(mysql);
        inRedis().forEach((open, candle) -> truth.merge(open, candle, StoredCase::higher));
        return truth;
    }

    /** All that Redis holds. */
    TreeMap<Long, Candle> inRedis() {
        TreeMap<Long, Candle> redis = new TreeMap<>(history);
        if (latest != null) {
            redis.merge(latest.openTime(), latest, StoredCase::higher);
        }
        return redis;
    }

    /** A range of any kind, around the candles there are. */
    Range range() {
        Long start = random.nextInt(2) == 0 ? null : (Long) time();
        Long end = random.nextInt(2) == 0 ? null : (Long) time();
        return new Range(start, end, 1 + random.nextInt(random.nextBoolean() ? 8 : 70));
    }

    /** The plain meaning of a range. */
    static List<Candle> select(TreeMap<Long, Candle> candles, Range range) {
        List<Candle> inside =
                candles.values().stream()
                        .filter(each -> range.start() == null || each.openTime() >= range.start())
                        .filter(each -> range.end() == null || each.openTime() <= range.end())
                        .toList();
        int size = inside.size();
        int limit = Math.min(size, range.limit());
        return range.start() == null
                ? inside.subList(size - limit, size)
                : inside.subList(0, limit);
    }

    private void fillMysql(List<Candle> closed) {
        int behind = random.nextInt(3) == 0 ? random.nextInt(5) : 0;
        for (Candle candle : closed.subList(0, Math.max(0, closed.size() - behind))) {
            mysql.put(candle.openTime(), random.nextInt(8) == 0 ? older(candle) : candle);
        }
    }

    private void fillRedis(List<Candle> closed) {
        int kept = random.nextInt(closed.size() + 1);
        for (Candle candle : closed.subList(closed.size() - kept, closed.size())) {
            history.put(candle.openTime(), candle);
        }
        switch (random.nextInt(6)) {
            case 0 -> history.keySet().removeIf(open -> random.nextInt(4) == 0);
            case 1 -> history.keySet().removeIf(open -> random.nextInt(4) != 0);
            case 2 -> {
                history.clear();
                latest = random.nextBoolean() ? latest : null;
            }
            case 3 -> {
                // Emptied, and the job began again some candles ago.
                latest = pick(all);
                history.keySet().removeIf(open -> open >= latest.openTime());
            }
            case 4 -> history.replaceAll((open, c) -> random.nextInt(6) == 0 ? older(c) : c);
            default -> {}
        }
        if (random.nextInt(6) == 0) {
            now += 3 * 31 * 86_400_000L;
        }
    }

    private long time() {
        long open = pick(all).openTime();
        return switch (random.nextInt(4)) {
            case 0 -> open - 1;
            case 1 -> open + 1;
            case 2 -> random.nextBoolean() ? 0 : 2 * START;
            default -> open;
        };
    }

    private Candle candle(long open, long close, boolean closed) {
        long count = random.nextInt(4);
        BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(100_000), random.nextInt(9));
        BigDecimal volume = BigDecimal.valueOf(count * random.nextInt(1_000), random.nextInt(4));
        return CandleBuilder.candle(symbol, interval.code(), open)
                .closeTime(close)
                .prices(price, price.add(BigDecimal.TEN), price, price.add(BigDecimal.ONE))
                .volume(volume, volume.multiply(price))
                .takerBuys(BigDecimal.ZERO, BigDecimal.ZERO)
                .count(count)
                .first(count == 0 ? -1 : open)
                .last(open + count, open + count)
                .closed(closed)
                .build();
    }

    private static Candle older(Candle c) {
        return CandleBuilder.like(c)
                .prices(c.open(), c.high(), c.low(), c.open())
                .last(c.lastTime() - 1, c.lastId())
                .build();
    }

    private static Candle higher(Candle a, Candle b) {
        return Stream.of(a, b).max((x, y) -> x.version().compareTo(y.version())).orElseThrow();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
