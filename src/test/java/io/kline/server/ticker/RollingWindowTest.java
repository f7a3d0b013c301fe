package io.kline.server.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingWindowTest {

    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    private static final long START = 1_767_225_600_000L;

    private final RollingWindow window = new RollingWindow("BTCUSDT");

    /** Candles in order, late, repeated, corrected, lowered, left out; asked at random moments. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalsANaiveSumAtRandomMoments(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Candle> all = new TreeMap<>();
        int compared = 0;
        long now = START;
        while (now < START + 3 * DAY) {
            now += 1 + random.nextLong(random.nextInt(50) == 0 ? DAY / 4 : 4 * MINUTE);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                long back = random.nextInt(3) == 0 ? random.nextLong(DAY + 9 * MINUTE) : 0;
                long open = Math.floorDiv(now - back, MINUTE) * MINUTE;
                Candle candle = next(random, all.get(open), all.lowerEntry(open), open);
                window.accept(candle);
                all.merge(open, candle, (a, b) -> Candle.newer(b, a));
            }
            if (random.nextInt(5) == 0 && !all.isEmpty()) {
                compared++;
                assertThat(window.stats(now).orElseThrow())
                        .as("at %d", now)
                        .usingRecursiveComparison()
                        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                        .isEqualTo(naive(all, now));
            }
        }
        assertThat(compared).isGreaterThan(50);
    }

    @Test
    void aQuietDayHasThePriceOfTheLastTradeAndNoTrades() {
        window.accept(CandleBuilder.candle("BTCUSDT", "1m", START).price("7.5").build());
        long changes = window.changes(START + DAY);
        TickerStats stats = window.stats(START + DAY + MINUTE).orElseThrow();
        assertThat(stats)
                .isEqualTo(
                        TickerStats.flat(
                                "BTCUSDT",
                                new BigDecimal("7.5"),
                                START + MINUTE,
                                START + DAY + MINUTE));
        assertThat(stats.changePercent()).isEqualTo("0.000");
        assertThat(stats.averagePrice()).isEqualTo("7.5");
        assertThat(window.changes(START + DAY + MINUTE)).isEqualTo(changes + 1);
    }

    /** Otherwise a second in which the clock is a day ahead would empty the window for a day. */
    @Test
    void aClockThatWasAheadIsFollowedBackAndTheWindowFilledAgain() {
        Candle traded = CandleBuilder.candle("BTCUSDT", "1m", START).price("7.5").build();
        window.accept(traded);
        assertThat(window.stats(START + DAY + 5 * MINUTE).orElseThrow().count()).isZero();
        assertThat(window.isLost()).isFalse();

        assertThat(window.stats(START + MINUTE)).isEmpty();
        assertThat(window.average(START + MINUTE, 5)).isEmpty();
        assertThat(window.isLost()).isTrue();
        window.refill();
        window.accept(traded);
        TickerStats stats = window.stats(START + MINUTE).orElseThrow();
        assertThat(stats.count()).isEqualTo(traded.count());
        assertThat(stats.openTime()).isEqualTo(START + MINUTE - DAY);
    }

    /** Candles decide, where the clock of the server is behind them. */
    @Test
    void aClockThatIsBehindLosesNothing() {
        Candle traded = CandleBuilder.candle("BTCUSDT", "1m", START + 9 * MINUTE).build();
        window.accept(traded);
        assertThat(window.stats(START).orElseThrow().count()).isEqualTo(traded.count());
        assertThat(window.isLost()).isFalse();
    }

    @Test
    void candlesWithoutTradesChangeNothing() {
        Candle traded = CandleBuilder.candle("BTCUSDT", "1m", START).price("7.5").build();
        window.accept(traded);
        long changes = window.changes(START);
        window.accept(CandleBuilder.like(traded, START + MINUTE).flat().build());
        window.accept(traded);
        assertThat(window.changes(START + MINUTE)).isEqualTo(changes);
    }

    @Test
    void averagesAreOfTheLastMinutesAndRoundedToEightDigits() {
        assertThat(window.average(START, 5)).isEmpty();
        for (int i = 0; i < 8; i++) {
            BigDecimal quantity = BigDecimal.valueOf(i + 1);
            window.accept(
                    CandleBuilder.candle("BTCUSDT", "1m", START + i * MINUTE)
                            .volume(quantity, quantity.multiply(BigDecimal.valueOf(i * i)))
                            .build());
        }
        // (3·4 + 4·9 + 5·16 + 6·25 + 7·36 + 8·49) / 33
        assertThat(window.average(START + 7 * MINUTE, 5).orElseThrow())
                .isEqualTo(new AveragePrice(new BigDecimal("27.93939394"), START + 7 * MINUTE));
    }

    private static Candle next(
            Random random, Candle known, Map.Entry<Long, Candle> before, long open) {
        if (known != null && random.nextInt(10) == 0) {
            return random.nextBoolean() ? known : CandleBuilder.like(known).count(0).flat().build();
        }
        long count = known == null && random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(50);
        BigDecimal low = decimal(random);
        BigDecimal high = low.add(decimal(random));
        BigDecimal volume = decimal(random);
        CandleBuilder candle =
                CandleBuilder.candle("BTCUSDT", "1m", open)
                        .prices(high, high, low, low)
                        .volume(volume, volume.multiply(low))
                        .count(count)
                        .first(open / MINUTE * 100)
                        .last(open + count, open / MINUTE * 100 + count)
                        .revision(random.nextInt(20) == 0 ? 1 : 0)
                        .closed(random.nextBoolean());
        if (count == 0) {
            candle.price(before == null ? BigDecimal.TEN : before.getValue().close()).flat();
        }
        return candle.build();
    }

    /** Of few digits and of many. */
    private static BigDecimal decimal(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> BigDecimal.valueOf(1 + random.nextInt(9_000), 2);
            case 1 -> BigDecimal.valueOf(1 + random.nextInt(9));
            case 2 -> BigDecimal.valueOf(1 + random.nextLong(1L << 62), 18);
            default ->
                    BigDecimal.valueOf(1 + random.nextLong(1L << 62), 18)
                            .multiply(BigDecimal.valueOf(1 + random.nextLong(1L << 40), 18));
        };
    }

    /** Everything read anew. */
    private static TickerStats naive(TreeMap<Long, Candle> all, long now) {
        long open = (now / MINUTE - 1_440) * MINUTE;
        List<Candle> traded =
                all.subMap(open, true, now, true).values().stream()
                        .filter(candle -> candle.count() > 0)
                        .toList();
        BigDecimal last = all.lastEntry().getValue().close();
        if (traded.isEmpty()) {
            return TickerStats.flat("BTCUSDT", last, open, now);
        }
        Candle first = traded.get(0);
        BigDecimal high = first.high();
        BigDecimal low = first.low();
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        long count = 0;
        for (Candle candle : traded) {
            high = high.max(candle.high());
            low = low.min(candle.low());
            volume = volume.add(candle.volume());
            quote = quote.add(candle.quoteVolume());
            count += candle.count();
        }
        return new TickerStats(
                "BTCUSDT",
                first.open(),
                high,
                low,
                last,
                volume,
                quote,
                open,
                now,
                first.firstTradeId(),
                traded.get(traded.size() - 1).lastTradeId(),
                count);
    }
}
