package io.kline.server;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.util.stream.IntStream;

/** Real stores and a made-up series. */
final class TestStores {

    static final String SYMBOL = "BTCUSDT";
    static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;

    /** Open time of the first minute: 2026-01-01T00:00Z. */
    static final long FIRST = 1_767_225_600_000L;

    static final int CANDLES = 3_000;
    static final int IN_REDIS = 1_500;

    private TestStores() {}

    /** The shared servers with nothing but the series. */
    static CandleStores filled() throws Exception {
        CandleStores stores = empty();
        stores.fill(IntStream.range(0, CANDLES).mapToObj(TestStores::candle).toList(), IN_REDIS);
        return stores;
    }

    /** The shared Redis with nothing in it, and a database of the shared server. */
    static CandleStores empty() throws Exception {
        CandleStores stores = with(Servers.redis().address());
        stores.redis.flushAll();
        return stores;
    }

    /** A database of the shared server, and another Redis. */
    static CandleStores with(String redisNode) throws Exception {
        return new CandleStores(redisNode, Servers.newDatabase());
    }

    /** The n-th minute; every seventh is flat, the last one is forming. */
    static Candle candle(int n) {
        return candle(SYMBOL, n, n % 7 == 3 ? 0 : 2, n < CANDLES - 1);
    }

    /** The forming day that begins with a minute: jobs that start on this Redis take it over. */
    static Candle dayOf(Candle minute) {
        CandleKey key = new CandleKey(minute.symbol(), "1d", minute.openTime());
        return new Candle(key, minute.openTime() + DAY - 1, minute.ohlcv(), false);
    }

    static Candle candle(String symbol, int n, long count, boolean closed) {
        BigDecimal price = BigDecimal.valueOf(10_000 + n, 2);
        BigDecimal volume = BigDecimal.valueOf(count * 5, 1);
        long open = FIRST + n * MINUTE;
        boolean flat = count == 0;
        return CandleBuilder.candle(symbol, "1m", open)
                .prices(
                        price,
                        flat ? price : price.add(BigDecimal.ONE),
                        flat ? price : price.subtract(BigDecimal.ONE),
                        price)
                .volume(volume, volume.multiply(price))
                .takerBuys(volume, volume.multiply(price))
                .count(count)
                .first(flat ? -1 : n * 10L)
                .last(open + count, n * 10L + count - 1)
                .closed(closed)
                .build();
    }
}
