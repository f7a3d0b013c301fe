package io.kline.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompactCandleTest {

    private static final long OPEN = 1_767_225_600_000L;

    @Test
    void candleComesBackAsItWasWhateverItsValues() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            TradeRef last = new TradeRef(number(random), number(random));
            Ohlcv ohlcv =
                    new Ohlcv(
                            new TradeRef(TradeRef.UNKNOWN, number(random)),
                            last,
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            decimal(random),
                            1 + random.nextInt(1_000_000));
            Candle candle =
                    new Candle(
                            new CandleKey("币安人生USDT", "1m", number(random)),
                            number(random),
                            random.nextInt(3) == 0 ? Ohlcv.flat(decimal(random), last) : ohlcv,
                            random.nextBoolean(),
                            random.nextInt(3));

            assertThat(copy(candle)).isEqualTo(candle);
        }
    }

    /** Two versions that differ in a field or two, each of which may be the one that counts. */
    @Test
    void ofTwoVersionsTheHigherOneIsTheNewer() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            Candle one = version(random);
            Candle other = version(random);
            byte[] newer =
                    CompactCandle.newer(OPEN, CompactCandle.write(one), CompactCandle.write(other));

            assertThat(newer).isEqualTo(CompactCandle.write(Candle.newer(one, other)));
        }
    }

    private static Candle version(Random random) {
        TradeRef last = new TradeRef(OPEN + random.nextInt(3) - 1, random.nextInt(3));
        Ohlcv flat = Ohlcv.flat(BigDecimal.valueOf(random.nextInt(9)), last);
        BigDecimal one = BigDecimal.ONE;
        int count = random.nextInt(3);
        Ohlcv content =
                count == 0
                        ? flat
                        : new Ohlcv(
                                new TradeRef(TradeRef.UNKNOWN, last.id()),
                                last,
                                one,
                                one,
                                one,
                                flat.close(),
                                one,
                                one,
                                one,
                                one,
                                count);
        CandleKey key = new CandleKey("BTCUSDT", "1m", OPEN);
        return new Candle(key, OPEN + 59_999, content, random.nextBoolean(), random.nextInt(2));
    }

    @Test
    void ordinaryCandleTakesSomeEightyBytes() {
        BigDecimal volume = new BigDecimal("1234.56789000");
        Candle candle =
                CandleBuilder.candle("BTCUSDT", "1m", OPEN)
                        .first(4_000_000_000L)
                        .last(OPEN + 59_900, 4_000_002_344L)
                        .prices(
                                new BigDecimal("97123.45000000"),
                                new BigDecimal("97200.00000000"),
                                new BigDecimal("97011.10000000"),
                                new BigDecimal("97150.01000000"))
                        .volume(volume, volume.multiply(new BigDecimal("97123.45")))
                        .takerBuys(
                                new BigDecimal("600.12345000"),
                                new BigDecimal("600.12345000").multiply(new BigDecimal("97123.45")))
                        .count(2_345)
                        .build();

        assertThat(CompactCandle.write(candle).length).isLessThanOrEqualTo(80);
    }

    @Test
    void flatCandleTakesSomeFortyBytes() {
        Candle flat =
                new Candle(
                        new CandleKey("BTCUSDT", "1m", OPEN),
                        OPEN + 59_999,
                        Ohlcv.flat(
                                new BigDecimal("97123.45000000"),
                                new TradeRef(OPEN - 1_000_000, 4_000_000_000L)),
                        true);

        assertThat(CompactCandle.write(flat).length).isLessThanOrEqualTo(42);
    }

    @Test
    void nonsenseIsRefused() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            byte[] nonsense = new byte[random.nextInt(12)];
            random.nextBytes(nonsense);

            assertThatThrownBy(() -> CompactCandle.read("BTCUSDT", "1m", 0, nonsense))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Candle copy(Candle candle) {
        return CompactCandle.read(
                candle.symbol(), candle.interval(), candle.openTime(), CompactCandle.write(candle));
    }

    private static long number(Random random) {
        return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    private static BigDecimal decimal(Random random) {
        BigInteger unscaled = new BigInteger(random.nextInt(127), random);
        return new BigDecimal(
                random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(60) - 20);
    }
}
